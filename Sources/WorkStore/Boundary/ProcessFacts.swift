import Glibc

/// What the kernel says about processes, as far as a ``WorkHolder`` needs it.
enum ProcessFacts {
    /// The start of a file; nil when it cannot be read.
    static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1_024)
        // Invariant: the array is ours and as long as it says for the length of the call.
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    /// Where a symbolic link leads; nil when there is none.
    static func target(of path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 256)
        // Invariant: as above; readlink ends nothing with a zero.
        let count = readlink(path, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static var processID: Int32 { getpid() }
}
