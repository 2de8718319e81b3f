import GRDB
import RoostJSON
import RoostKit
import RoostTesting
import Testing

@testable import Context7Server

/// A library that is a git checkout: its tags are its versions, and the files on the disk stay as they are.
@Suite("Versions from git tags")
struct TaggedLibraryTests {
    private func config(_ fixture: GitFixture, _ more: JSONObject = [:]) -> JSONValue {
        var library: JSONObject = ["path": .string(fixture.path)]
        for (key, value) in more.members { library[key] = value }
        return [
            "api": "off", "embedding": "off", "refresh": "1h", "libraries": ["/corp/sdk": .object(library)],
        ]
    }

    private func ask(_ plugin: PluginHarness, _ id: String) async throws -> ToolCallResult {
        try await plugin.callTool("query-docs", ["libraryId": .string(id), "query": "widgets"])
    }

    /// Two versions under tags, and what is on the disk now, in no commit.
    private func repository() async throws -> GitFixture {
        let fixture = try await GitFixture()
        try await fixture.git("remote", "add", "origin", "https://github.com/corp/sdk.git")
        try await fixture.commit(
            [
                "docs/guide.md": "# Guide\n\nFirst words about widgets.\n",
                "docs/old.md": "# Old\n\nGone since.\n",
            ],
            tag: "v1.0.0"
        )
        try await fixture.git("rm", "--quiet", "docs/old.md")
        try await fixture.commit(["docs/guide.md": "# Guide\n\nSecond words about widgets.\n"])
        try await fixture.git("tag", "--annotate", "v2.0.0", "--message", "Two")
        try fixture.folder.write("# Guide\n\nNewest words about widgets.\n", to: "docs/guide.md")
        return fixture
    }

    @Test("are asked for by their names; without one the files on the disk answer")
    func versions() async throws {
        let fixture = try await repository()
        try await withPlugin(Context7Plugin.self, config: config(fixture)) { plugin in
            #expect(try await ask(plugin, "/corp/sdk").text.contains("Newest words"))
            for id in ["/corp/sdk/v1.0.0", "/corp/sdk@1.0.0", "/Corp/SDK/V1.0.0"] {
                let result = try await ask(plugin, id)
                #expect(
                    result.text == """
                        ### Guide

                        Source: https://github.com/corp/sdk/blob/v1.0.0/docs/guide.md#L3

                        First words about widgets.
                        """
                )
            }
            #expect(try await ask(plugin, "/corp/sdk/v2.0.0").text.contains("Second words"))
            let unknown = try await ask(plugin, "/corp/sdk/v9")
            #expect(unknown.isError)
            #expect(
                unknown.text == "The local library /corp/sdk has no version v9. Available: v2.0.0, v1.0.0."
            )
            let found = try await plugin.callTool(
                "resolve-library-id",
                ["libraryName": "sdk", "query": "widgets"]
            )
            #expect(found.text.contains("\n- Versions: v2.0.0, v1.0.0"))
        }
        // Nothing was checked out.
        #expect(try await fixture.git("status", "--porcelain") == " M docs/guide.md\n")
    }

    @Test("appear when they are made, and are indexed once")
    func kept() async throws {
        let fixture = try await repository()
        let data = try TemporaryDirectory()
        for turn in 1...2 {
            try await withPlugin(
                Context7Plugin.self,
                config: config(fixture),
                dataDirectory: data.path
            ) { plugin in
                #expect(try await ask(plugin, "/corp/sdk/v1.0.0").text.contains("First words"))
                if turn == 1 {
                    try await fixture.git("commit", "--all", "--quiet", "--message", "Three")
                    try await fixture.git("tag", "v3.0.0")
                    #expect(try await ask(plugin, "/corp/sdk/3.0.0").text.contains("Newest words"))
                }
            }
        }
        let store = try IndexStore(path: "\(data.path)/context7.sqlite")
        #expect(try store.editions().map(\.version) == ["", "v1.0.0", "v3.0.0"])
        // Rows are numbered once: had the second start read the files again, the numbers would have risen.
        let highest = try store.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM file") }
        #expect(highest == 4)
        try store.close()
    }

    @Test("are those the config takes, and shown are those the project names")
    func chosen() async throws {
        let fixture = try await repository()
        try await fixture.git("tag", "nightly")
        try await withPlugin(Context7Plugin.self, config: config(fixture, ["tags": ["v*"]])) { plugin in
            #expect(try await ask(plugin, "/corp/sdk/nightly").isError)
            try fixture.folder.write(
                #"{"previousVersions":[{"tag":"v1.0.0","title":"One"}]}"#,
                to: "context7.json"
            )
            #expect(try await ask(plugin, "/corp/sdk/v9").text.hasSuffix("Available: v1.0.0."))
            #expect(try await ask(plugin, "/corp/sdk/v2.0.0").text.contains("Second words"))
        }
        try await withPlugin(Context7Plugin.self, config: config(fixture, ["tags": "off"])) { plugin in
            let result = try await ask(plugin, "/corp/sdk/v1.0.0")
            #expect(
                result.text
                    == "The local library /corp/sdk has no version v1.0.0. It has only the current one: ask for /corp/sdk."
            )
        }
    }

    @Test("whose objects are not there are told to the operator")
    func shallow() async throws {
        let origin = try await repository()
        try await origin.git("commit", "--all", "--quiet", "--message", "Three")
        let folder = try TemporaryDirectory()
        let clone = "\(folder.path)/clone"
        try await origin.git("clone", "--quiet", "--depth=1", "--no-tags", "file://\(origin.path)", clone)
        let lost = try await origin.git("rev-parse", "v1.0.0")
        try folder.write(lost, to: "clone/.git/refs/tags/v1.0.0")
        let config: JSONValue = [
            "api": "off", "embedding": "off", "libraries": ["/corp/sdk": .string(clone)],
        ]
        try await withPlugin(Context7Plugin.self, config: config) { plugin in
            let result = try await ask(plugin, "/corp/sdk/v1.0.0")
            #expect(result.isError && result.text.contains("cannot be read"))
            try await plugin.log { $0.text.contains("run git fetch --unshallow") }
            #expect(try await ask(plugin, "/corp/sdk").text.contains("Newest words"))
        }
    }

    @Test("a library keeps the few tags that were asked for last")
    func shelf() async {
        let shelf = TagShelf()
        shelf.restore((1...9).map { "old\($0)" }, of: "/a/b")
        #expect(shelf.versions(of: "/a/b") == (2...9).map { "old\($0)" } && !shelf.hasNew)
        shelf.ask(for: "old2", of: "/a/b")
        #expect(!shelf.hasNew)
        shelf.ask(for: "new", of: "/a/b")
        #expect(shelf.hasNew && shelf.versions(of: "/c/d") == [])
        #expect(shelf.versions(of: "/a/b") == (4...9).map { "old\($0)" } + ["old2", "new"])
        shelf.restore(["older"], of: "/a/b")
        #expect(
            shelf.versions(of: "/a/b").count == TagShelf.most && !shelf.versions(of: "/a/b").contains("older")
        )
        // Somebody asked already, so nobody waits an hour.
        await shelf.pause(.seconds(3600))
        shelf.beginLook()
        #expect(!shelf.hasNew)
    }
}
