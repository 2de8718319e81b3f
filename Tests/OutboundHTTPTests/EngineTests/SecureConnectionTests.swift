import EventWaiting
import Synchronization
import Testing

@testable import OutboundHTTP

@Suite("TLS and HTTP/2 against nginx", .timeLimit(.minutes(2)))
struct SecureConnectionTests {
    /// Takes a streamed answer whole.
    final class Collector: OutboundReceiver {
        private let state = Mutex<(response: OutboundResponse?, end: Result<Void, OutboundFailure>?)>(
            (nil, nil)
        )

        func began(_ response: OutboundResponse) { state.withLock { $0.response = response } }
        func received(_ bytes: [UInt8]) -> Bool {
            state.withLock { $0.response?.body += bytes }
            return true
        }
        func ended(_ failure: OutboundFailure?) {
            state.withLock { $0.end = failure.map { .failure($0) } ?? .success(()) }
        }
        var hasEnded: Bool { state.withLock { $0.end != nil } }
        var response: OutboundResponse? { state.withLock { $0.response } }
    }

    static func settings(_ authority: String?) -> ClientSettings {
        var settings = ClientSettings()
        settings.authorities = authority
        settings.addresses = { host, _ in
            host.hasSuffix(".test") ? [IPAddress("127.0.0.1")].compactMap { $0 } : []
        }
        return settings
    }

    @Test("only who an authority vouches for is trusted; HTTP/2 where it is offered")
    func secure() async throws {
        let server = try await SecureServer()
        let client = CurlClient(Self.settings(server.authority))
        // The authority's file comes with the server.
        try await server.ready { address in await client.failure(get(address)) == nil }

        let response = try await client.answer(get("https://secure.test:\(server.port)/"))
        #expect(response.text == "HTTP/2.0 secure.test:\(server.port)")

        let many = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask { try await client.answer(get("https://secure.test:\(server.port)/")).text }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(Set(many) == ["HTTP/2.0 secure.test:\(server.port)"])

        let collector = Collector()
        _ = client.stream(get("https://secure.test:\(server.port)/"), upload: nil, to: collector)
        try await until { collector.hasEnded }
        #expect(collector.response?.text == "HTTP/1.1 secure.test:\(server.port)")

        let stranger = await client.failure(get("https://other.test:\(server.port)/"))
        #expect(stranger?.cause == .tls)
        let suspicious = CurlClient(Self.settings(nil))
        let failure = await suspicious.failure(get("https://secure.test:\(server.port)/"))
        #expect(failure?.cause == .tls)
        #expect(failure?.message.contains("could not be trusted") == true)
        client.stop()
        suspicious.stop()
        await server.stop()
    }
}
