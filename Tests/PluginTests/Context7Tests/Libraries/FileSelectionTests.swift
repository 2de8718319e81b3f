import RoostJSON
import Testing

@testable import Context7Server

@Suite("Which files are documentation")
struct FileSelectionTests {
    @Test(
        "patterns",
        arguments: [
            ("docs", "docs/a/b.md", true), ("docs", "x/docs/b.md", true), ("docs/", "docs/b.md", true),
            ("/docs", "x/docs/b.md", false), ("./docs", "docs/b.md", true), ("docs", "mydocs/b.md", false),
            ("docs/**", "docs/a/b.md", true), ("docs/**", "docs", false), ("**/test/**", "a/test/b.md", true),
            ("**/test/**", "test/b.md", true), ("docs/*", "docs/a.md", true), ("*.md", "a/b.md", true),
            ("*.md", "a/b.mdx", false), ("api-?/g", "api-1/g/x.md", true), ("a*c*e", "abcde", true),
            ("a*c*e", "abcd", false), ("docs/old", "docs/older/x.md", false),
        ]
    )
    func patterns(_ pattern: String, _ path: String, _ fits: Bool) {
        #expect(FilePattern(pattern).fits(path) == fits)
    }

    private func settings(_ value: JSONValue = "/x") throws -> LibrarySettings {
        try LibrarySettings("/a/b", value, in: "/")
    }

    @Test("without a word everything but tests, results and other people's code")
    func usual() throws {
        let selection = FileSelection(try settings(), ProjectFile())
        #expect(selection.takes("docs/guide.md") && selection.takes("README.md"))
        for path in ["tests/a.md", "x/node_modules/y/README.md", "CHANGELOG.md", "LICENSE.md"] {
            #expect(!selection.takes(path), "\(path)")
        }
        #expect(selection.skips(folder: ".git") && selection.skips(folder: "a/build"))
    }

    @Test("a project's own file says more, and the operator has the last word")
    func project() throws {
        let text =
            #"{"folders":["docs"],"excludeFolders":["docs/old"],"excludeFiles":["internal.md"],"rules":["Be kind."]}"#
        let project = try ProjectFile(parsing: Array(text.utf8))
        let selection = FileSelection(try settings(), project)
        #expect(selection.takes("docs/a.md") && selection.takes("README.md"))
        #expect(
            !selection.takes("src/a.md") && !selection.takes("docs/old/a.md")
                && !selection.takes("docs/internal.md")
        )
        let own = FileSelection(try settings(["path": "/x", "include": ["tests/**"]]), project)
        #expect(own.takes("tests/a.md") && !own.takes("docs/a.md"))
    }

    @Test("a project's file that is none is passed over")
    func broken() {
        #expect(throws: ProjectFileFault.self) { try ProjectFile(parsing: Array("[]".utf8)) }
    }

    @Test(
        "a checkout's origin as a web address, without anybody's password",
        arguments: [
            ("git@github.com:a/b.git", "https://github.com/a/b"),
            ("https://github.com/a/b", "https://github.com/a/b"),
            ("https://me:secret@git.corp/a/b.git", "https://git.corp/a/b"), ("/srv/git/b", nil),
            ("../b", nil),
            ("file:///srv/b", nil),
        ]
    )
    func origins(_ origin: String, _ address: String?) {
        #expect(GitCheckout.webAddress(of: origin) == address)
    }

    @Test("a checkout shows its pages at its commit")
    func checkout() throws {
        let folder = try TemporaryDirectory()
        let commit = String(repeating: "0123456789", count: 4)
        try folder.write(
            "[core]\n[remote \"up\"]\nurl = x\n[remote \"origin\"]\n\turl = git@github.com:a/b.git\n",
            to: ".git/config"
        )
        try folder.write("ref: refs/heads/main\n", to: ".git/HEAD")
        try folder.write("# packed\n\(commit) refs/heads/main\n", to: ".git/packed-refs")
        let checkout = try #require(GitCheckout(folder: folder.path))
        #expect(
            checkout.page(of: "docs/x.md", line: 7) == "https://github.com/a/b/blob/\(commit)/docs/x.md#L7"
        )
        #expect(GitCheckout(folder: folder.path + "/.git") == nil)
    }
}
