import EventWaiting
import RoostJSON
import Testing

@Suite("A host that is asked to stop", .timeLimit(.minutes(10)))
struct Draining {
    /// A call is under way, the host is asked to stop and says so to probes.
    private func drain(
        grace: String,
        seconds: JSONValue,
        _ body: (DrainedHost, EventStream) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let file = HostFile(plugins: [("echo", "libEcho.so")], further: "stop_grace: \(grace)")
        try TextFile.write(file.text(data: directory.path + "/var"), to: directory.path + "/host.yaml")
        let host = DrainedHost(directory.path)
        let port = try await host.port
        let ping = HTTPRequest(method: "GET", target: "/ping")
        _ = try await poll(for: "200 from /ping") {
            try await HTTPConnection.exchange(ping, port: port).status == 200 ? true : nil
        }
        let client = ModernClient(port: port, path: "/mcp/echo")
        let nap = client.request(
            "tools/call",
            ["name": "sleep", "arguments": ["seconds": seconds]],
            meta: ["progressToken": 1]
        )
        let stream = try await EventStream.open(nap.http, port: port)
        _ = try await stream.message("notifications/progress")
        try host.terminate()
        let reply = try await poll(for: "503 from /ping") {
            let reply = try await HTTPConnection.exchange(ping, port: port)
            return reply.status == 503 ? reply : nil
        }
        #expect("\(reply)".contains("draining"), reply.exchange)
        let late = try await client.call("add", ["a": 1, "b": 2])
        #expect(late.result?["structuredContent"] == nil, "a new call is refused: \(late.exchange)")
        try await body(host, stream)
    }

    @Test("tells probes, finishes its calls, refuses new ones and ends with status 0")
    func finishes() async throws {
        try await drain(grace: "30s", seconds: 3) { host, stream in
            var last: JSONValue?
            while let message = try await stream.nextMessage() { last = message }
            #expect(last?["result"]?["isError"]?.bool != true && last?["result"] != nil, "\(last ?? nil)")
            let run = try await host.run
            #expect(run.succeeded, "\(run)")
        }
    }

    @Test("and is asked again does not wait for its calls, and still ends with status 0")
    func shortened() async throws {
        try await drain(grace: "50s", seconds: 40) { host, stream in
            let began = ContinuousClock.now
            try host.terminate()
            let run = try await host.run
            #expect(run.succeeded && run.errors.contains("a second time"), "\(run)")
            // Far from the 40 seconds of the call, however busy the machine is.
            #expect(ContinuousClock.now - began < .seconds(25))
            await stream.close()
        }
    }
}
