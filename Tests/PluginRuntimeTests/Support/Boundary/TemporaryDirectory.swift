import Glibc

/// A directory for one test, removed with this object.
final class TemporaryDirectory: Sendable {
    let path: String

    init() {
        path = "/tmp/roost-tests-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        mkdir(path, 0o755)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(directory)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
