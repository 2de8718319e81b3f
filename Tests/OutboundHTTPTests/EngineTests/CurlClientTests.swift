import EventWaiting
import HTTPTesting
import Testing

@testable import OutboundHTTP

@Suite("Requests and answers over libcurl")
struct CurlClientTests {
    let client: CurlClient

    init() { client = CurlClient() }

    @Test("status, fields and body of an answer come as they were sent")
    func answers() async throws {
        let server = try await ScriptedServer { _ in
            [.send("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\nX-A: 1\r\nx-a:  2 \r\n\r\nhello")]
        }
        let response = try await client.answer(get(server.address("/a?b=c")))
        #expect(response.status == 404)
        #expect(response.text == "hello")
        #expect(response["X-A"] == "1")
        #expect(response.headers.joined("X-A") == "1, 2")
        #expect(response.url == server.address("/a?b=c"))
        #expect(server.requests.map(\.line) == ["GET /a?b=c HTTP/1.1"])
        #expect(server.requests.first?["User-Agent"] == "roost")
        await server.stop()
    }

    @Test(
        "a body is sent with its length and with no type that nobody gave",
        arguments: ["POST", "PUT", "PATCH", "DELETE"]
    )
    func bodies(_ method: String) async throws {
        let server = try await ScriptedServer { _ in [.send("HTTP/1.1 204 No Content\r\n\r\n")] }
        let response = try await client.answer(
            get(server.address()) {
                $0.method = method
                $0.body = Array("{\"a\":1}".utf8)
            }
        )
        #expect(response.status == 204)
        let request = try #require(server.requests.first)
        #expect(request.method == method)
        #expect(request.body == Array("{\"a\":1}".utf8))
        #expect(request["Content-Length"] == "7")
        #expect(request["Content-Type"] == nil)
        #expect(request["Expect"] == nil)
        await server.stop()
    }

    @Test("a POST without a body says that it is empty; HEAD has an answer without one")
    func emptyBodies() async throws {
        let server = try await ScriptedServer { _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] }
        _ = try await client.answer(get(server.address()) { $0.method = "POST" })
        #expect(server.requests.first?["Content-Length"] == "0")
        let response = try await client.answer(get(server.address()) { $0.method = "HEAD" })
        #expect(response.body.isEmpty)
        await server.stop()
    }

    @Test("a connection is used again, also by another request's rules")
    func keepAlive() async throws {
        let server = try await ScriptedServer { _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
        }
        for _ in 0..<5 { _ = try await client.answer(get(server.address())) }
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test("interim responses are no answer")
    func interim() async throws {
        let server = try await ScriptedServer { _ in
            [
                .send(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                )
            ]
        }
        let response = try await client.answer(get(server.address()))
        #expect(response.status == 200)
        #expect(response["Link"] == nil)
        await server.stop()
    }

    @Test("a request that is cancelled ends at once, and once")
    func cancels() async throws {
        let server = try await ScriptedServer { _ in [.stall] }
        let request = get(server.address())
        let failure = await withCheckedContinuation { continuation in
            let transfer = client.send(request) { result in
                guard case .failure(let failure) = result else { return }
                continuation.resume(returning: failure)
            }
            transfer.cancel()
            transfer.cancel()
        }
        #expect(failure.cause == .cancelled)
        await server.stop()
    }

    @Test("a client that stops answers what is under way")
    func stops() async throws {
        let server = try await ScriptedServer { _ in [.stall] }
        let client = CurlClient()
        async let failure = client.failure(get(server.address()))
        try await until { !server.requests.isEmpty }
        client.stop()
        #expect(await failure?.cause == .cancelled)
        #expect(await client.failure(get(server.address()))?.cause == .cancelled)
        await server.stop()
    }
}
