/// The loader's list of the libraries of a machine: /etc/ld.so.cache, in the format of glibc 2.2 and later.
enum LoaderCache {
    private static let magic = Array("glibc-ld.so.cache1.1".utf8)

    /// Paths by the name that libraries are asked for; nil when the bytes are no such list.
    static func paths(_ bytes: [UInt8]) -> [String: [String]]? {
        // An older list may stand before it.
        guard let start = bytes.firstRange(of: magic)?.lowerBound else { return nil }
        let file = ByteTable(bytes: Array(bytes[start...]))
        do throws(ByteTable.Fault) {
            let count = try file.integer(20, UInt32.self)
            var paths: [String: [String]] = [:]
            for index in 0..<min(UInt64(count), UInt64(file.count) / 24) {
                let entry = 48 + index * 24
                let name = try file.text(UInt64(try file.integer(entry + 4, UInt32.self)))
                let path = try file.text(UInt64(try file.integer(entry + 8, UInt32.self)))
                paths[name, default: []].append(path)
            }
            return paths
        } catch { return nil }
    }
}
