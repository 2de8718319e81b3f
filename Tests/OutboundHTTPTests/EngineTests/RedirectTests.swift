import HTTPTesting
import Testing

@testable import OutboundHTTP

@Suite("Redirects over real connections", .timeLimit(.minutes(10)))
struct RedirectTests {
    static func redirect(_ status: Int, _ place: String) -> [ScriptedServer.Action] {
        [.send("HTTP/1.1 \(status) Elsewhere\r\nLocation: \(place)\r\nContent-Length: 4\r\n\r\nbody")]
    }

    static let ok: [ScriptedServer.Action] = [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]

    @Test("no credential goes along to another origin, attached ones included")
    func credentials() async throws {
        let other = try await ScriptedServer { _ in Self.ok }
        let first = try await ScriptedServer { request in
            request.path == "/here" ? Self.redirect(302, "/there") : Self.redirect(302, other.address("/end"))
        }
        let client = CurlClient()
        var request = get(first.address("/here"))
        request.headers = [
            ("Authorization", "Bearer a"), ("Cookie", "b"), ("X-Api-Key", "c"), ("X-Whatever", "d"),
            ("Accept", "text/plain"),
        ]
        request.attached = [
            try AttachedHeaders("http://127.0.0.1:\(first.port)", [("X-Secret", "e")])
        ]
        let response = try await client.answer(request)
        #expect(response.text == "ok")
        #expect(response.url == other.address("/end"))
        for request in first.requests {
            #expect(request["Authorization"] == "Bearer a")
            #expect(request["X-Secret"] == "e")
        }
        let end = try #require(other.requests.first)
        for name in ["Authorization", "Cookie", "X-Api-Key", "X-Whatever", "X-Secret"] {
            #expect(end[name] == nil)
        }
        #expect(end["Accept"] == "text/plain")
        client.stop()
        await first.stop()
        await other.stop()
    }

    @Test("a circle is named")
    func circle() async throws {
        let server = try await ScriptedServer {
            $0.path == "/a" ? Self.redirect(302, "/b") : Self.redirect(301, "/a")
        }
        let client = CurlClient()
        let failure = await client.failure(get(server.address("/a")))
        #expect(failure?.cause == .broken)
        #expect(failure?.message.contains("circle") == true)
        #expect(failure?.message.contains("/a → ") == true)
        #expect(server.requests.count == 2)
        client.stop()
        await server.stop()
    }

    @Test("an endless way ends at the limit")
    func endless() async throws {
        let server = try await ScriptedServer { Self.redirect(302, $0.path + "x") }
        let client = CurlClient()
        let failure = await client.failure(get(server.address("/")))
        #expect(failure?.message.contains("at most 10 redirects") == true)
        #expect(server.requests.count == 11)
        client.stop()
        await server.stop()
    }

    @Test(
        "a redirect to the metadata service, or anywhere else that is not listed, is refused",
        arguments: [
            "http://169.254.169.254/latest/meta-data/", "http://[::ffff:169.254.169.254]/",
            "http://localhost:1/",
            "http://[::1]:1/", "http://2130706433/", "http://0x7f.1:1/", "file:///etc/passwd",
            "gopher://127.0.0.1/",
        ]
    )
    func inner(_ place: String) async throws {
        let server = try await ScriptedServer { _ in Self.redirect(302, place) }
        let client = CurlClient()
        let entry = try #require(EgressEntry("127.0.0.1:\(server.port)"))
        let failure = await client.failure(
            get(server.address()) { $0.egress = EgressRules([entry], holder: "plugin docs") }
        )
        #expect([.refused, .broken].contains(failure?.cause))
        #expect(failure?.message.contains("redirected") == true)
        #expect(server.requests.count == 1)
        client.stop()
        await server.stop()
    }

    @Test("an endless body of a redirect is not read to its end")
    func endlessBody() async throws {
        let server = try await ScriptedServer { request in
            request.path == "/end"
                ? Self.ok
                : [
                    .send("HTTP/1.1 302 Elsewhere\r\nLocation: /end\r\n\r\n"),
                    .sendForever([UInt8](repeating: 0, count: 1 << 16)),
                ]
        }
        let client = CurlClient()
        #expect(try await client.answer(get(server.address())).text == "ok")
        #expect(server.sent < 40_000_000)
        client.stop()
        await server.stop()
    }

    @Test(
        "a form's POST becomes a GET; 307 and 308 keep method and body",
        arguments: [
            (301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST"),
        ]
    )
    func methods(_ status: Int, _ method: String) async throws {
        let server = try await ScriptedServer { $0.path == "/" ? Self.redirect(status, "/end") : Self.ok }
        let client = CurlClient()
        _ = try await client.answer(
            get(server.address()) {
                $0.method = "POST"
                $0.body = Array("a=b".utf8)
                $0.headers = [("Content-Type", "application/x-www-form-urlencoded")]
            }
        )
        let end = try #require(server.requests.last)
        #expect(end.method == method)
        #expect(end.body == (method == "POST" ? Array("a=b".utf8) : []))
        #expect((end["Content-Type"] != nil) == (method == "POST"))
        client.stop()
        await server.stop()
    }
}
