import RoostJSON
import Testing

@Suite("Where a host listens", .timeLimit(.minutes(10)))
struct Exposure {
    @Test(
        "without auth only on loopback, and it says what to write",
        arguments: ["0.0.0.0:0", "\"[::]:0\"", ":8123", "example.com:80", "127.example.com:80"]
    )
    func refused(_ listen: String) async throws {
        try await TemporaryDirectory.with { directory in
            let text = "listen: \(listen)\ndata: \(directory)/var\nplugins: {}\n"
            try TextFile.write(text, to: directory + "/host.yaml")
            let run = try await CommandLineRun(["serve", "--config", directory + "/host.yaml"])
            #expect(!run.succeeded && !run.status.contains("124"), "\(run)")
            for word in ["auth: {}", "auth: platform", "roost key new", "127.0.0.1"] {
                #expect(run.errors.contains(word), "\(run)")
            }
            let check = try await CommandLineRun(["check", directory + "/host.yaml"])
            #expect(!check.succeeded && check.output.contains("auth: platform"), "\(check)")
        }
    }

    @Test("behind a gateway that has let the caller in, everybody is the platform's, and nobody administers")
    func platform() async throws {
        var file = HostFile(plugins: [("echo", "libEcho.so")])
        file.further = "auth: platform"
        let host = try await RunningHost.start(file, environment: ["HOST": "0.0.0.0"])
        defer { host.stop() }
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        var request = client.request("tools/call", ["name": "add", "arguments": ["a": 2, "b": 3]])
        for authorization in [nil, "Bearer rpa_123", "Basic abc"] {
            request.fields["Authorization"] = authorization
            let reply = try await HTTPConnection.exchange(request.http, port: host.port)
            #expect(reply.status == 200, reply.exchange)
        }
        let metrics = HTTPRequest(method: "GET", target: "/metrics")
        #expect(try await HTTPConnection.exchange(metrics, port: host.port).status == 403)
        #expect(
            !String(
                decoding: try await HTTPConnection.exchange(
                    HTTPRequest(method: "GET", target: "/health"),
                    port: host.port
                ).body,
                as: UTF8.self
            ).contains("plugins")
        )
    }
}
