import RoostJSON
import Testing

/// A plugin that cannot be loaded, created, started or stopped in time costs its own calls, and nobody else's.
@Suite("Hostile: plugins that do not start or stop", .timeLimit(.minutes(10)))
struct MisbehavingLifecycles {
    private static func host(vice: String) async throws -> RunningHost {
        var file = HostFile(plugins: [("vices", "libFixtureVices.so"), ("echo", "libEcho.so")])
        file.settings["vices"] = "    config: { vice: \(vice) }"
        return try await RunningHost.start(file)
    }

    @Test(
        "a plugin that does not start fails its calls by name, again and again, and others are served",
        arguments: ["crash_in_create", "crash_in_start", "fail_start"]
    )
    func doesNotStart(_ vice: String) async throws {
        let host = try await Self.host(vice: vice)
        for _ in 0..<2 {
            let client = ModernClient(port: host.port, path: "/mcp/vices")
            let request = client.request("tools/call", ["name": "late", "arguments": [:]])
            let reply = try await HTTPConnection.exchange(request.http, port: host.port)
            if reply.status == 404, reply.head.contentType != "application/json" { break }
            let text = reply.result?["content"]?[0]?["text"]?.string ?? reply.error?["message"]?.string ?? ""
            #expect(text.contains("vices"), reply.exchange)
            #expect(reply.result?["isError"] == true || reply.error != nil, reply.exchange)
        }
        try await expectEcho(host)
        #expect(host.log.contains("vices"), "the log names the plugin: \(host.log)")
        host.stop()
    }

    @Test("a plugin that does not stop is ended with its host in bounded time")
    func doesNotStop() async throws {
        let host = try await Self.host(vice: "slow_stop")
        let client = ModernClient(port: host.port, path: "/mcp/vices")
        #expect(try ToolShapes.text(try await client.call("late")) == "at last")
        let connection = try await HTTPConnection.open(port: host.port)
        host.stop()
        _ = try await connection.readToEnd(within: .seconds(25))
    }

    @Test("a library that is none is named, and the other plugins are served")
    func notALibrary() async throws {
        try await TemporaryDirectory.with { directory in
            try TextFile.write("this is no library", to: directory + "/libNothing.so")
            let file = HostFile(plugins: [("nothing", directory + "/libNothing.so"), ("echo", "libEcho.so")])
            let host = try await RunningHost.start(file)
            try await expectEcho(host)
            let log = host.log
            #expect(log.contains("nothing") && log.contains("libNothing.so"), "\(log)")
            host.stop()
        }
    }

    private func expectEcho(_ host: RunningHost, _ location: SourceLocation = #_sourceLocation) async throws {
        for (path, tool) in [("/mcp/echo", "add"), ("/mcp", "echo_add")] {
            let client = ModernClient(port: host.port, path: path)
            let reply = try await client.call(tool, ["a": 1, "b": 2], answers: nil, location)
            #expect(reply.result?["structuredContent"]?["sum"] == 3, reply.exchange, sourceLocation: location)
        }
    }
}
