import Subprocess
import Testing

/// A repository made by git itself, in a folder of its own.
struct GitFixture {
    let folder: TemporaryDirectory

    var path: String { folder.path }

    init() async throws {
        folder = try TemporaryDirectory()
        try await git("init", "--quiet", "--initial-branch=main")
    }

    /// Runs git in the folder and gives what it prints.
    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let settings = [
            "-C", path, "-c", "user.name=Test", "-c", "user.email=test@example.invalid",
            "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false", "-c", "gc.auto=0",
        ]
        let result = try await run(
            .name("git"),
            arguments: Arguments(settings + arguments),
            output: .string(limit: 16 << 20),
            error: .string(limit: 1 << 20)
        )
        try #require(result.terminationStatus.isSuccess, "git \(arguments): \(result.standardError)")
        return result.standardOutput
    }

    /// Writes files and commits them; a tag is put on the commit where one is named.
    func commit(_ files: [String: String], tag: String? = nil) async throws {
        for (name, text) in files { try folder.write(text, to: name) }
        try await git("add", "--all")
        try await git("commit", "--quiet", "--message", "Change")
        if let tag { try await git("tag", tag) }
    }
}
