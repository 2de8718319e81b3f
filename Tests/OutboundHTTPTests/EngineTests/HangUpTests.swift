import EventWaiting
import HTTPTesting
import Synchronization
import Testing

@testable import OutboundHTTP

@Suite("Hanging up on a long poll", .timeLimit(.minutes(2)))
struct HangUpTests {
    private typealias Answer = Result<OutboundResponse, OutboundFailure>

    private static func poll(_ address: String) -> OutboundRequest {
        var request = OutboundRequest(address)
        request.isLongPoll = true
        return request
    }

    private static func begin(
        _ request: OutboundRequest,
        _ client: CurlClient
    ) -> (any OutboundTransfer, Task<Answer, Never>) {
        let (answers, continuation) = AsyncStream.makeStream(of: Answer.self)
        let transfer = client.send(request) { continuation.yield($0) }
        let first = Task { () -> Answer in
            for await answer in answers { return answer }
            return .failure(OutboundFailure(.cancelled, "There was no answer."))
        }
        return (transfer, first)
    }

    /// ```
    /// client ── GET ──▶ server
    ///        ── FIN ──▶        a job was on its way already
    ///        ◀── 200 ──
    /// ```
    @Test("an answer that is on its way is not lost")
    func answered() async throws {
        let server = try await ScriptedServer { _ in
            [.untilEnd, .send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\njob")]
        }
        let client = CurlClient()
        let (transfer, answer) = Self.begin(Self.poll(server.address("/")), client)
        try await until { server.requests.count == 1 }
        transfer.hangUp()
        #expect(try await answer.value.get().body == Array("job".utf8))
        // The connection was closed for sending: the next request has one of its own.
        let (second, again) = Self.begin(Self.poll(server.address("/")), client)
        try await until { server.requests.count == 2 }
        second.hangUp()
        #expect(try await again.value.get().status == 200)
        client.stop()
        await server.stop()
    }

    @Test(
        "a server that closes without an answer is not asked again, on a connection that was used before either"
    )
    func closed() async throws {
        let server = try await ScriptedServer { request in
            request.path == "/first"
                ? [.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] : [.untilEnd, .close]
        }
        let client = CurlClient()
        let (_, first) = Self.begin(Self.poll(server.address("/first")), client)
        #expect(try await first.value.get().status == 200)
        let (transfer, answer) = Self.begin(Self.poll(server.address("/second")), client)
        try await until { server.requests.count == 2 }
        transfer.hangUp()
        guard case .failure = await answer.value else {
            Issue.record("an answer that nobody gave")
            return
        }
        #expect(server.requests.count == 2)
        #expect(server.connections == 1)
        client.stop()
        await server.stop()
    }

    @Test("a request that shares its connection, or has not begun, is cancelled")
    func cancelled() async throws {
        let server = try await ScriptedServer { _ in [.stall] }
        let client = CurlClient()
        let (transfer, answer) = Self.begin(OutboundRequest(server.address("/")), client)
        try await until { server.requests.count == 1 }
        transfer.hangUp()
        await #expect(throws: OutboundFailure.self) { try await answer.value.get() }
        let (early, none) = Self.begin(Self.poll(server.address("/early")), client)
        early.hangUp()
        early.cancel()
        await #expect(throws: OutboundFailure.self) { try await none.value.get() }
        client.stop()
        await server.stop()
    }

    @Test("Something runs on the client's thread after a while, and never once it has stopped")
    func after() async throws {
        let client = CurlClient()
        let runs = Mutex(0)
        client.after(.milliseconds(1)) { runs.withLock { $0 += 1 } }
        try await until { runs.withLock { $0 } == 1 }
        client.stop()
        client.after(.zero) { runs.withLock { $0 += 1 } }
        #expect(runs.withLock { $0 } == 1)
    }
}
