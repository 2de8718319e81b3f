import RoostJSON
import RoostKit
import RoostTesting
import Testing

@testable import Context7Server

/// What is asked of the service, and how its answers are shown.
@Suite("Questions to the service", .enabled(if: PublishedAPI.isPresent, PublishedAPI.missing))
struct ServiceRequestTests {
    @Test("a search asks as published and lists what was found")
    func search() async throws {
        let api = try PublishedAPI()
        let service = try StandInService(try StandInService.libraries(api))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await plugin.callTool(
                "resolve-library-id",
                ["query": "Wie geht's? a/b & c*", "libraryName": "react"]
            )
            #expect(!result.isError)
            #expect(
                result.text == """
                    Available Libraries:

                    - Title: React
                    - Context7-compatible library ID: /facebook/react
                    - Description: A JavaScript library for building user interfaces
                    - Code Snippets: 2500
                    - Source Reputation: High
                    - Benchmark Score: 95.5
                    - Versions: v18.2.0, v17.0.2
                    """
            )
            #expect(
                plugin.httpRequests.map(\.url) == [
                    "https://context7.com/api/v2/libs/search?query=Wie+geht%27s%3F+a%2Fb+%26+c*&libraryName=react"
                ]
            )
            #expect(service.faults.isEmpty)
        }
    }

    @Test("documentation is asked as published, and shown word for word")
    func documentation() async throws {
        let text = try #require(try PublishedAPI().success("/v2/context", "text/plain")?.string)
        let service = try StandInService(StandInService.documentation(text))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await plugin.callTool(
                "query-docs",
                ["libraryId": "/vercel/next.js@v14.3.0", "query": "middleware"]
            )
            #expect(!result.isError && result.text == text)
            #expect(
                plugin.httpRequests.map(\.url) == [
                    "https://context7.com/api/v2/context?query=middleware&libraryId=%2Fvercel%2Fnext.js%2Fv14.3.0"
                ]
            )
            #expect(service.faults.isEmpty)
        }
    }

    @Test("requests say who asks, and carry no secret of the plugin's")
    func headers() async throws {
        let service = try StandInService(StandInService.documentation("x"))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            for query in ["one", "two"] {
                _ = try await plugin.callTool("query-docs", ["libraryId": "/a/b", "query": .string(query)])
            }
            let fields = try #require(plugin.httpRequests.first?.headers)
            #expect(fields["X-Context7-Source"] == "mcp-server")
            #expect(fields["X-Context7-Server-Version"] == Context7Plugin.manifest.version)
            #expect(fields["X-Context7-Transport"] == "http")
            #expect(fields["X-Context7-Client-IDE"]?.isEmpty == false)
            #expect(fields["Authorization"] == nil)
            let sessions = Set(plugin.httpRequests.map { $0.headers["mcp-session-id"] ?? "" })
            #expect(sessions.count == 1 && sessions.first?.count == 36)
        }
    }

    @Test("a question longer than the service takes is cut to what it takes")
    func long() async throws {
        let service = try StandInService(StandInService.documentation("x"))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let query = String(repeating: "ä ", count: 400)
            _ = try await plugin.callTool("query-docs", ["libraryId": "/a/b", "query": .string(query)])
            #expect(service.faults.isEmpty)
        }
    }

    @Test(
        "older names of arguments and tools are taken",
        arguments: [
            ("query-docs", ["libraryID": "/a/b", "userQuery": "hooks"]),
            ("query-docs", ["context7CompatibleLibraryID": "/a/b", "question": "hooks"]),
            ("query-docs", ["libraryName": "a/b/", "query": "hooks"]),
            ("query-docs", ["libraryId": "https://context7.com/a/b", "query": "hooks"]),
            ("get-library-docs", ["context7CompatibleLibraryID": "/a/b", "topic": "hooks", "tokens": 6000]),
            (
                "get-library-docs",
                ["context7CompatibleLibraryID": "/a/b", "topic": "hooks", "mode": "code", "page": 1]
            ),
        ] as [(String, JSONObject)]
    )
    func aliases(_ tool: String, _ arguments: JSONObject) async throws {
        let service = try StandInService(StandInService.documentation("x"))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await plugin.callTool(tool, arguments)
            #expect(!result.isError && result.text == "x")
            let url = try #require(plugin.httpRequests.first?.url)
            let fields = PublishedAPI.fields(String(url.split(separator: "?")[1]))
            #expect(fields == ["libraryId": "/a/b", "query": "hooks"])
            // The schema that the host checks against takes them too.
            let manifest = try plugin.manifest
            let hints = manifest["hints"]?[tool]
            let properties = hints?["accepts"]?["properties"]?.object?.keys ?? []
            #expect(arguments.keys.allSatisfy { properties.contains($0) || $0 == "mode" })
        }
    }

    @Test("clients see two tools with upstream's arguments, and an older name stays callable")
    func tools() async throws {
        try await withPlugin(Context7Plugin.self, config: remoteOnly) { plugin in
            let manifest = try plugin.manifest
            let listed = (manifest["tools"]?.array ?? []).filter { tool in
                manifest["hints"]?[tool["name"]?.string ?? ""]?["listed"] != false
            }
            #expect(listed.map { $0["name"]?.string } == ["resolve-library-id", "query-docs"])
            #expect(listed[0]["inputSchema"]?["properties"]?.object?.keys == ["query", "libraryName"])
            #expect(listed[1]["inputSchema"]?["properties"]?.object?.keys == ["libraryId", "query"])
            for tool in listed {
                #expect(
                    tool["annotations"] == [
                        "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true,
                        "openWorldHint": true,
                    ]
                )
            }
        }
    }

    @Test("a budget of tokens cuts between lines, and says so")
    func tokens() async throws {
        let line = String(repeating: "x", count: 99)
        let text = Array(repeating: line, count: 100).joined(separator: "\n")
        let service = try StandInService(StandInService.documentation(text))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await plugin.callTool(
                "query-docs",
                ["libraryId": "/a/b", "query": "x", "tokens": 500]
            )
            let lines = result.content.first?["text"]?.string?.split(separator: "\n") ?? []
            #expect(lines.count == 20 && lines.allSatisfy { $0.count == 99 })
            #expect(result.content.last?["text"] == "The answer was cut to about 500 tokens.")
        }
    }
}
