import EventWaiting
import GRDB
import RoostJSON
import RoostKit
import RoostTesting
import Testing

@testable import Context7Server

/// Libraries of this machine, asked through the tools, with nobody on the network.
@Suite("Local libraries")
struct LocalLibraryTests {
    private static func sales() throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        try folder.write(
            """
            # Qualification

            How the sales team decides which leads to call.

            ## Lead scoring

            A lead has points for its size and its need. Call from 70 points on.

            ```python
            score = 40 * size + 60 * need
            ```

            ## Objections

            What to say when the price is too high.
            """,
            to: "README.md"
        )
        try folder.write("# Territories\n\nWho sells in which country.\n", to: "docs/territories.md")
        try folder.write(
            #"{"projectTitle":"Sales Playbook","rules":["Never promise a date."]}"#,
            to: "context7.json"
        )
        return folder
    }

    private static func config(_ folder: TemporaryDirectory, _ more: JSONObject = [:]) -> JSONValue {
        var config: JSONObject = [
            "api": "off", "embedding": "off", "refresh": "100ms",
            "libraries": ["/sales/qualification": .string(folder.path)],
        ]
        for (key, value) in more.members { config[key] = value }
        return .object(config)
    }

    @Test("answer without a network, in the service's form, with the project's rules")
    func offline() async throws {
        let folder = try Self.sales()
        try await withPlugin(Context7Plugin.self, config: Self.config(folder)) { plugin in
            let result = try await plugin.callTool(
                "query-docs",
                ["libraryId": "/sales/qualification", "query": "lead scoring"]
            )
            #expect(!result.isError)
            let parts = result.text.components(of: SnippetText.rule)
            #expect(parts[0] == "### Rules of Sales Playbook\n\n- Never promise a date.")
            #expect(
                parts[1] == """
                    ### Qualification > Lead scoring

                    Source: /sales/qualification/README.md#L7

                    A lead has points for its size and its need. Call from 70 points on.

                    ```python
                    score = 40 * size + 60 * need
                    ```
                    """
            )
            // Files may change at any moment.
            #expect(result.json["ttlMs"]?.integer == 0)
            #expect(plugin.httpRequests.isEmpty)
        }
    }

    @Test("are found by name, with what is known of them")
    func resolve() async throws {
        let folder = try Self.sales()
        try await withPlugin(Context7Plugin.self, config: Self.config(folder)) { plugin in
            let asked: JSONObject = ["libraryId": "/Sales/Qualification", "query": "territories"]
            _ = try await plugin.callTool("query-docs", asked)
            let result = try await plugin.callTool(
                "resolve-library-id",
                ["libraryName": "sales playbook", "query": "lead scoring"]
            )
            #expect(!result.isError)
            #expect(
                result.text == """
                    Available Libraries:

                    - Title: Sales Playbook
                    - Context7-compatible library ID: /sales/qualification
                    - Description: How the sales team decides which leads to call.
                    - Code Snippets: 4
                    - Source Reputation: Unknown
                    """
            )
            let none = try await plugin.callTool(
                "resolve-library-id",
                ["libraryName": "react", "query": "x"]
            )
            #expect(none.isError && none.text.contains("(api: off)"))
        }
    }

    @Test("change as their files do: edited, added, removed")
    func incremental() async throws {
        let folder = try Self.sales()
        try await withPlugin(Context7Plugin.self, config: Self.config(folder)) { plugin in
            func ask(_ query: String) async throws -> String {
                try await plugin.callTool(
                    "query-docs",
                    ["libraryId": "/sales/qualification", "query": .string(query)]
                ).text
            }
            #expect(try await ask("territories").contains("Who sells in which country."))
            try folder.write(
                "# Territories\n\nNow by continent, and quite different.\n",
                to: "docs/territories.md"
            )
            try folder.write("# Discounts\n\nNobody gives more than a tenth.\n", to: "docs/discounts.md")
            try await until {
                try await ask("discounts tenth").contains("Nobody gives more than a tenth.")
            }
            try await until { try await ask("territories").contains("Now by continent") }
            #expect(try await !ask("territories country").contains("Who sells in which country."))
            try folder.remove("docs/discounts.md")
            try await until { try await !ask("discounts tenth").contains("Nobody gives") }
        }
    }

    @Test("an index that is there already is not made again")
    func kept() async throws {
        let folder = try Self.sales()
        let data = try TemporaryDirectory()
        for _ in 1...2 {
            try await withPlugin(
                Context7Plugin.self,
                config: Self.config(folder),
                dataDirectory: data.path
            ) { plugin in
                let asked: JSONObject = ["libraryId": "/sales/qualification", "query": "objections"]
                let result = try await plugin.callTool("query-docs", asked)
                #expect(result.text.contains("price is too high"))
            }
        }
        let store = try IndexStore(path: "\(data.path)/context7.sqlite")
        // Rows are numbered once: had the second start read the files again, the numbers would have risen.
        let numbers = try store.read { try Int64.fetchAll($0, sql: "SELECT id FROM file ORDER BY id") }
        #expect(numbers == [1, 2, 3])
        try store.close()
    }

    @Test("versions lie beside each other; an unknown one is told with those that exist")
    func versions() async throws {
        let old = try TemporaryDirectory()
        try old.write("# Guide\n\nOld words about widgets.\n", to: "guide.md")
        let new = try TemporaryDirectory()
        try new.write("# Guide\n\nNew words about widgets.\n", to: "guide.md")
        let config: JSONValue = [
            "api": "off", "embedding": "off",
            "libraries": [
                "/corp/sdk": ["path": .string(new.path), "versions": ["v1.2.0": .string(old.path)]]
            ],
        ]
        try await withPlugin(Context7Plugin.self, config: config) { plugin in
            func ask(_ id: String) async throws -> ToolCallResult {
                try await plugin.callTool("query-docs", ["libraryId": .string(id), "query": "widgets"])
            }
            #expect(try await ask("/corp/sdk").text.contains("New words"))
            for id in ["/corp/sdk/v1.2.0", "/corp/sdk@1.2.0"] {
                let result = try await ask(id)
                #expect(result.text.contains("Old words") && !result.text.contains("New words"))
            }
            let unknown = try await ask("/corp/sdk/v9")
            #expect(unknown.isError)
            #expect(unknown.text == "The local library /corp/sdk has no version v9. Available: v1.2.0.")
        }
    }

    @Test("a single file is a library, with the address it is published at")
    func singleFile() async throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("Manual\n======\n\nTurn the key twice.\n", to: "manual.txt")
        let config: JSONValue = [
            "api": "off", "embedding": "off",
            "libraries": [
                "/corp/car": ["path": .string(path), "url": "https://car.example/manual", "title": "Car"]
            ],
        ]
        try await withPlugin(Context7Plugin.self, config: config) { plugin in
            let result = try await plugin.callTool("query-docs", ["libraryId": "/corp/car", "query": "key"])
            #expect(result.text == "### Manual\n\nSource: https://car.example/manual\n\nTurn the key twice.")
        }
    }

    @Test("without a topic the library's beginning is shown, and pages follow each other")
    func beginning() async throws {
        let folder = try TemporaryDirectory()
        for number in 10...35 {
            try folder.write("# Page \(number)\n\nText \(number).\n", to: "docs/\(number).md")
        }
        try folder.write("# Read me\n\nStart here.\n", to: "README.md")
        let config: JSONValue = [
            "api": "off", "embedding": "off", "libraries": ["/a/b": .string(folder.path)],
        ]
        try await withPlugin(Context7Plugin.self, config: config) { plugin in
            func page(_ number: Int64) async throws -> ToolCallResult {
                try await plugin.callTool(
                    "get-library-docs",
                    ["context7CompatibleLibraryID": "/a/b", "page": .integer(number)]
                )
            }
            let first = try await page(1)
            #expect(first.text.hasPrefix("### Read me\n"))
            #expect(first.text.components(of: SnippetText.rule).count == 10)
            #expect(try await page(3).text.hasSuffix("Text 35."))
            #expect(try await page(4).text == "There is no page 4 of answers from /a/b.")
        }
    }

    @Test("a question that nothing fits is told what there is")
    func nothing() async throws {
        let folder = try Self.sales()
        try await withPlugin(Context7Plugin.self, config: Self.config(folder)) { plugin in
            let result = try await plugin.callTool(
                "query-docs",
                ["libraryId": "/sales/qualification", "query": "kubernetes"]
            )
            #expect(result.isError)
            #expect(result.text.hasSuffix("its pages are: Qualification; Territories."))
        }
    }

    @Test("a folder that cannot be read is told, and found when it is there")
    func absent() async throws {
        let folder = try TemporaryDirectory()
        let config: JSONValue = [
            "api": "off", "embedding": "off", "refresh": "100ms",
            "libraries": ["/a/b": .string("\(folder.path)/docs")],
        ]
        try await withPlugin(Context7Plugin.self, config: config) { plugin in
            let asked: JSONObject = ["libraryId": "/a/b", "query": "words"]
            let result = try await plugin.callTool("query-docs", asked)
            #expect(result.isError && result.text.contains("cannot be read"))
            try await plugin.log { $0.text.contains("Correct the path, or make the folder.") }
            try folder.write("# Title\n\nMany words.\n", to: "docs/a.md")
            try await until {
                try await plugin.callTool("query-docs", asked).text.contains("Many words.")
            }
        }
    }

    @Test("a question about a local library is never sent anywhere; for other libraries both are listed")
    func both() async throws {
        let folder = try Self.sales()
        let config = Self.config(folder, ["api": "https://context7.com/api"])
        let service = try StandInService(try StandInService.libraries(PublishedAPI()))
        try await withPlugin(Context7Plugin.self, config: config, http: service.serve) { plugin in
            let asked: JSONObject = [
                "libraryId": "/sales/qualification", "query": "secret plans about leads",
            ]
            let own = try await plugin.callTool("query-docs", asked)
            #expect(!own.isError && plugin.httpRequests.isEmpty)
            let found = try await plugin.callTool(
                "resolve-library-id",
                ["libraryName": "qualification", "query": "leads"]
            )
            #expect(found.text.contains("/sales/qualification"))
            #expect(found.text.contains("\n----------\n- Title: React"))
            // The service is away: what is here is listed all the same, and the model is told.
            service.answer(StandInService.failure(401, ["error": "invalid_api_key", "message": "No key."]))
            let here = try await plugin.callTool(
                "resolve-library-id",
                ["libraryName": "qualification", "query": "other"]
            )
            #expect(!here.isError && here.text.hasSuffix("the Context7 service was of no help: No key."))
        }
    }

    @Test("the first question waits for the index, and its client sees how far it is")
    func progress() async throws {
        let folder = try TemporaryDirectory()
        let text = (1...60).map { "## Part \($0)\n\nWords about number \($0).\n" }.joined(separator: "\n")
        for number in 1...200 {
            try folder.write("# Page \(number)\n\n\(text)", to: "\(number % 20)/\(number).md")
        }
        let config: JSONValue = [
            "api": "off", "embedding": "off", "libraries": ["/a/b": .string(folder.path)],
        ]
        try await withPlugin(Context7Plugin.self, config: config) { plugin in
            let call = plugin.begin("tools/call", "query-docs", ["libraryId": "/a/b", "query": "number 7"])
            guard case .complete(let result) = try await call.outcome(within: .seconds(60)) else {
                Issue.record("the call did not complete")
                return
            }
            #expect(result["isError"] == nil)
            #expect(call.progress.map(\.value) == call.progress.map(\.value).sorted())
            #expect(call.progress.allSatisfy { $0.total == 200 })
        }
    }
}

extension String {
    /// The parts between separators.
    func components(of separator: String) -> [String] { split(separator: separator).map(String.init) }
}
