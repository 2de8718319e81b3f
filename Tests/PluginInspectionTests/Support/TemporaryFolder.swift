import Glibc
import Subprocess

/// A folder of one test, removed at its end.
struct TemporaryFolder: Sendable {
    let path: String

    private init() throws {
        var template = Array("/tmp/roost-inspection-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(path: "/tmp", code: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    struct Failure: Error {
        var path: String
        var code: Int32
    }

    /// Hands a folder to the body and removes it afterwards.
    static func with<Value>(_ body: (TemporaryFolder) async throws -> Value) async throws -> Value {
        let folder = try TemporaryFolder()
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(folder)) } catch { outcome = .failure(error) }
        _ = try? await run(.name("rm"), arguments: ["-rf", folder.path], output: .discarded)
        return try outcome.get()
    }
}
