import Glibc
import Subprocess

/// A directory of one test host, below the system's place for temporary files.
struct TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = "/tmp/roost-host-tests-XXXXXX".utf8CString.map { $0 }
        guard mkdtemp(&template) != nil else { throw TextFileError(path: "/tmp", errno: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes the directory and everything in it.
    func remove() async {
        _ = try? await run(.name("rm"), arguments: ["-rf", path], output: .discarded)
    }

    /// Hands a directory to the body and removes it afterwards.
    static func with<Outcome>(_ body: (String) async throws -> Outcome) async throws -> Outcome {
        let directory = try TemporaryDirectory()
        let outcome: Result<Outcome, any Error>
        do { outcome = .success(try await body(directory.path)) } catch { outcome = .failure(error) }
        await directory.remove()
        return try outcome.get()
    }
}
