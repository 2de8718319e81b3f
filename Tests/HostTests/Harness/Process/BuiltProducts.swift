import Glibc

/// Where the build put the host and the plugins: beside the test bundle that is running.
enum BuiltProducts {
    /// The folder of the running test bundle.
    static let directory: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        return path.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 }
    }()

    /// The host's executable.
    static var roost: String { directory + "/roost" }
}
