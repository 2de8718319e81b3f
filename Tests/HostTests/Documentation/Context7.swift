import HTTPTesting
import RoostJSON
import Testing

/// The Context7 plugin in a real cell: a library of this machine, and the service over the host's HTTP.
@Suite("Context7 through a host", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct Context7 {
    private static let page = """
        # Qualification

        ## Lead scoring

        Call from 70 points on.
        """

    private static func host(_ service: UInt16, _ folder: String) -> HostFile {
        HostFile(
            plugins: [("context7", "libContext7.so")],
            settings: [
                "context7": """
                    egress: ["127.0.0.1:\(service)"]
                    upstream:
                      "http://127.0.0.1:\(service)":
                        headers: { Authorization: "Bearer ${secret:ROOST_TEST_KEY}" }
                    paths: { read: ["\(folder)"] }
                    config:
                      api: http://127.0.0.1:\(service)/api
                      embedding: off
                      libraries: { /sales/qualification: "\(folder)" }
                """
            ]
        )
    }

    @Test("answers from here and from the service, under old and new names")
    func answers() async throws {
        try await TemporaryDirectory.with { folder in try await Self.ask(folder) }
    }

    private static func ask(_ folder: String) async throws {
        try TextFile.write(page, to: "\(folder)/scoring.md")
        let server = try await ScriptedServer { request in
            let body =
                request.path.hasPrefix("/api/v2/context")
                ? "### Hooks" : #"{"results":[],"searchFilterApplied":false}"#
            return [.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")]
        }
        let host = try await RunningHost.start(
            Self.host(server.port, folder),
            environment: ["ROOST_TEST_KEY": "hidden-4712"]
        )
        let client = ModernClient(port: host.port, path: "/mcp/context7")

        let listed = try await client.send(client.request("tools/list"))
        let names = listed.result?["tools"]?.array?.compactMap { $0["name"]?.string }
        #expect(names == ["resolve-library-id", "query-docs"], listed.exchange)

        let local = try await client.call(
            "query-docs",
            ["libraryId": "/sales/qualification", "query": "lead scoring"]
        )
        let text = local.result?["content"]?.array?.first?["text"]?.string ?? ""
        #expect(
            text.hasSuffix("Source: /sales/qualification/scoring.md#L5\n\nCall from 70 points on."),
            local.exchange
        )
        #expect(server.requests.isEmpty)

        // The arguments of a year ago, and the tool of two years ago: both pass the host's validation.
        let aliased = try await client.call("query-docs", ["libraryID": "/a/b", "userQuery": "hooks"])
        #expect(aliased.result?["content"]?.array?.first?["text"] == "### Hooks", aliased.exchange)
        #expect((1...300_000).contains(aliased.result?["ttlMs"]?.integer ?? 0), aliased.exchange)
        let older = try await client.call(
            "get-library-docs",
            ["context7CompatibleLibraryID": "/a/b", "topic": "hooks"]
        )
        #expect(older.result?["content"]?.array?.first?["text"] == "### Hooks", older.exchange)
        let empty = try await client.call("query-docs", ["libraryId": "/a/b"])
        #expect(empty.result?["isError"] == true || empty.error != nil, empty.exchange)

        #expect(server.requests.count == 1)
        #expect(server.requests.first?["Authorization"] == "Bearer hidden-4712")
        #expect(server.requests.first?["X-Context7-Source"] == "mcp-server")
        #expect(!host.log.contains("hidden-4712"))
        host.stop()
        await server.stop()
    }

    @Test("a folder that was not granted is told with the line to add")
    func refused() async throws {
        try await TemporaryDirectory.with { folder in
            try TextFile.write(Self.page, to: "\(folder)/scoring.md")
            var file = Self.host(9, folder)
            file.settings["context7"] = file.settings["context7"]?.replacing(
                "paths: { read: [\"\(folder)\"] }",
                with: "start: lazy"
            )
            let host = try await RunningHost.start(file, environment: ["ROOST_TEST_KEY": "x"])
            let client = ModernClient(port: host.port, path: "/mcp/context7")
            let answer = try await client.call(
                "query-docs",
                ["libraryId": "/sales/qualification", "query": "scoring"]
            )
            if answer.result?["isError"] == true {
                #expect(answer.description.contains("cannot be read"), answer.exchange)
                #expect(host.log.contains("paths: { read: [\(folder)] }"))
            } else {
                // A kernel without Landlock holds no cell back.
                #expect(answer.description.contains("Call from 70 points on."), answer.exchange)
            }
            host.stop()
        }
    }

    @Test("check says which declared header fields are left out, and finds no fault in that")
    func check() async throws {
        try await TemporaryDirectory.with { directory in
            let path = directory + "/host.yaml"
            let file = HostFile(
                plugins: [("context7", "libContext7.so")],
                settings: ["context7": "    egress: [context7.com]\n    header_secrets: [ROOST_UNSET_KEY]"]
            )
            try TextFile.write(file.text(data: directory + "/var"), to: path)
            let run = try await CommandLineRun(["check", path])
            #expect(run.succeeded, "\(run)")
            #expect(run.output.contains("Authorization for context7.com is left out"), "\(run)")
        }
    }
}
