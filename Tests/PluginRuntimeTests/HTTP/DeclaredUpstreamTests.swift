import CoreMetrics
import HTTPTesting
import NIOCore
import NIOPosix
import OutboundHTTP
import Synchronization
import Testing

@testable import PluginRuntime

/// Header fields that a plugin's manifest declares: added where the operator granted place and secret, told where not.
@Suite("Declared header fields", .timeLimit(.minutes(10)))
struct DeclaredUpstreamTests {
    private static func http(
        _ client: CurlClient,
        egress: String,
        granted: Set<String> = [],
        secrets: [String: String] = [:],
        attached: [AttachedHeaders] = []
    ) throws -> PluginHTTP {
        var rules = PluginHTTPRules()
        rules.egress = [try #require(EgressEntry(egress))]
        rules.grantedSecrets = granted
        rules.secrets = secrets
        rules.attached = attached
        return PluginHTTP(
            rules,
            alias: "docs",
            client: client,
            metrics: NOOPMetricsHandler.instance,
            after: { delay, action in
                _ = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: TimeAmount(delay), action)
            }
        )
    }

    private static func bearer(_ place: String) -> DeclaredUpstream {
        DeclaredUpstream(
            place: place,
            fields: [
                .init(name: "Authorization", template: "Bearer ${secret:DOCS_KEY}"),
                .init(name: "X-Kind", template: "docs"),
            ]
        )
    }

    @Test("what is not granted, not set or not allowed is left out and told")
    func omissions() throws {
        let client = CurlClient()
        let declared = [Self.bearer("docs.example")]
        let ungranted = try Self.http(client, egress: "docs.example").attached(declared)
        #expect(ungranted.headers.map(\.headers.count) == [1])
        #expect(
            ungranted.omissions == [
                "plugin docs: Authorization for docs.example is left out: the secret DOCS_KEY is not granted; list it in header_secrets in host.yaml"
            ]
        )
        let unset = try Self.http(client, egress: "docs.example", granted: ["DOCS_KEY"]).attached(declared)
        #expect(
            unset.omissions.count == 1
                && unset.omissions[0].hasSuffix("the environment variable DOCS_KEY is not set")
        )
        let refused = try Self.http(
            client,
            egress: "other.example",
            granted: ["DOCS_KEY"],
            secrets: ["DOCS_KEY": "k"]
        )
        .attached(declared)
        #expect(refused.headers.isEmpty && refused.omissions.count == 1)
        let torn = try Self.http(
            client,
            egress: "docs.example",
            granted: ["DOCS_KEY"],
            secrets: ["DOCS_KEY": "a\r\nb"]
        )
        .attached(declared)
        #expect(torn.omissions.count == 1 && !torn.omissions[0].contains("a\r\nb"))
        client.stop()
    }

    @Test("the value is the template with its secrets")
    func templates() throws {
        func value(_ template: String) throws -> String {
            try DeclaredUpstream.Field(name: "X", template: template).value(with: ["A": "1", "B": "2"])
        }
        #expect(try value("plain") == "plain")
        #expect(try value("${secret:A}-${secret:B}") == "1-2")
        #expect(try value("${secret:A") == "${secret:A")
        #expect(throws: MissingSecret(name: "C")) { try value("${secret:A} ${secret:C}") }
    }

    @Test("a request to that place carries them; host.yaml's own field of the name wins")
    func sent() async throws {
        let server = try await ScriptedServer { _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
        }
        let client = CurlClient()
        let place = "http://127.0.0.1:\(server.port)"
        for attached in [[], [try AttachedHeaders(place, [("Authorization", "Basic own")])]] {
            let http = try Self.http(
                client,
                egress: "127.0.0.1:\(server.port)",
                granted: ["DOCS_KEY"],
                secrets: ["DOCS_KEY": "k-1"],
                attached: attached
            )
            let session = HTTPSession(http, [Self.bearer(place)])
            let ended = Ended()
            session.begin(1, HTTPAsk(url: server.address("/")), ended)
            #expect(await ended.failure() == nil)
        }
        #expect(server.requests.map { $0["Authorization"] } == ["Bearer k-1", "Basic own"])
        #expect(server.requests.map { $0["X-Kind"] } == ["docs", "docs"])
        client.stop()
        await server.stop()
    }
}

/// Waits for the end of one request.
private final class Ended: HTTPAnswers {
    private let stream: AsyncStream<OutboundFailure?>
    private let continuation: AsyncStream<OutboundFailure?>.Continuation
    let takesWhole = true

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func head(_ number: UInt64, _ answer: OutboundResponse) {}
    func body(_ number: UInt64, _ bytes: [UInt8]) {}
    func room(_ number: UInt64, _ count: Int) {}

    func done(_ number: UInt64, _ failure: OutboundFailure?) {
        continuation.yield(failure)
        continuation.finish()
    }

    func failure() async -> OutboundFailure? {
        for await failure in stream { return failure }
        return nil
    }
}
