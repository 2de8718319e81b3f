import HTTPTesting
import RoostJSON
import Testing

/// A plugin's requests through a whole host, as its host.yaml says.
@Suite("HTTP for plugins through a host", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct PluginHTTP {
    private static func start(_ port: UInt16, _ process: String) async throws -> RunningHost {
        let settings = """
                process: \(process)
                egress: ["127.0.0.1:\(port)"]
                upstream:
                  "http://127.0.0.1:\(port)":
                    headers: { Authorization: "Bearer ${secret:ROOST_TEST_KEY}" }
            """
        return try await RunningHost.start(
            HostFile(
                plugins: [("courier", "libFixtureCourier.so")],
                further: "http_client: { user_agent: roost-tests }\nlog: { level: debug }",
                settings: ["courier": settings]
            ),
            environment: ["ROOST_TEST_KEY": "hidden-4711"]
        )
    }

    @Test(
        "the host adds the secret, refuses what is not listed, and tells nobody",
        arguments: ["own", "host"]
    )
    func requests(_ process: String) async throws {
        let server = try await ScriptedServer { request in
            switch request.path {
            case "/away":
                [
                    .send(
                        "HTTP/1.1 302 F\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n"
                    )
                ]
            default: [.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
            }
        }
        let host = try await Self.start(server.port, process)
        let client = ModernClient(port: host.port, path: "/mcp/courier")

        let good = try await client.call("get", ["url": .string(server.address())])
        #expect(good.result?["content"]?.array?.first?["text"] == "200 - 5: hello", good.exchange)
        #expect(server.requests.first?["Authorization"] == "Bearer hidden-4711")
        #expect(server.requests.first?["User-Agent"] == "roost-tests")

        let refused = try await client.call("get", ["url": "https://example.com/?key=mine"])
        #expect(refused.result?["isError"] == true, refused.exchange)
        let words = refused.result?["content"]?.array?.first?["text"]?.string ?? ""
        #expect(words.contains("plugin courier may not reach https://example.com"), refused.exchange)
        let away = try await client.call("get", ["url": .string(server.address("/away"))])
        #expect(
            away.result?["content"]?.array?.first?["text"]?.string?.contains(
                "redirected to http://169.254.169.254"
            ) == true,
            away.exchange
        )
        for text in [good.description, refused.description, away.description, host.log] {
            #expect(!text.contains("hidden-4711"))
        }
        host.stop()
        await server.stop()
    }
}
