import Glibc

/// A directory of one test host, below the system's place for temporary files.
struct TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = "/tmp/roost-host-tests-XXXXXX".utf8CString.map { $0 }
        guard mkdtemp(&template) != nil else { throw TextFileError(path: "/tmp", errno: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
