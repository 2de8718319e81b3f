import OutboundHTTP
import RoostJSON
import Synchronization
import Testing

@testable import Telemetry

/// Answers every request with one response, and keeps the requests.
private final class ScriptedClient: OutboundClient {
    let requests = Mutex<[OutboundRequest]>([])
    let answer: Result<OutboundResponse, OutboundFailure>

    init(_ answer: Result<OutboundResponse, OutboundFailure>) { self.answer = answer }

    func send(
        _ request: OutboundRequest,
        _ answer: @escaping @Sendable (Result<OutboundResponse, OutboundFailure>) -> Void
    ) -> any OutboundTransfer {
        requests.withLock { $0.append(request) }
        answer(self.answer)
        return Done()
    }

    private struct Done: OutboundTransfer { func cancel() {} }
}

@Suite("Spans are sent by OTLP over HTTP")
struct OTLPExporterTests {
    private static let span: Span = {
        let context = TraceContext(
            traceID: .init(high: 0x0af7_6519_16cd_43dd, low: 0x8448_eb21_1c80_319c),
            spanID: 0xb7ad,
            isSampled: true,
            state: "vendor=1"
        )
        var span = Span(
            "tools/call add",
            .server,
            context,
            parent: 7,
            start: 1_700_000_000_000_000_001,
            end: 5
        )
        span.attributes = [("a", .text("x")), ("b", .integer(-3)), ("c", .flag(true))]
        span.failure = "boom"
        return span
    }()

    private func send(
        _ endpoint: String,
        answer: Result<OutboundResponse, OutboundFailure>
    ) async -> (OutboundRequest?, SpanExportOutcome) {
        let client = ScriptedClient(answer)
        let exporter = OTLPExporter(
            endpoint: endpoint,
            headers: [("x-key", "k")],
            resource: [("service.name", .text("roost"))],
            version: "1",
            client: client
        )
        let outcome = await withCheckedContinuation { continuation in
            exporter.export([Self.span]) { continuation.resume(returning: $0) }
        }
        return (client.requests.withLock { $0.first }, outcome)
    }

    @Test("in the JSON encoding: ids in hexadecimal, 64-bit numbers as strings, enumerations as numbers")
    func encoding() async throws {
        let (request, outcome) = await send("http://c:4318/", answer: .success(OutboundResponse(status: 200)))
        #expect(outcome == .accepted)
        let sent = try #require(request)
        #expect(sent.method == "POST" && sent.url == "http://c:4318/v1/traces")
        #expect(sent.headers.map(\.name) == ["content-type", "x-key"])
        let body = try JSONValue(parsing: sent.body)
        let resource = try #require(body["resourceSpans"]?[0])
        #expect(resource["resource"]?["attributes"]?[0]?["value"]?["stringValue"] == "roost")
        let span = try #require(resource["scopeSpans"]?[0]?["spans"]?[0])
        #expect(span["traceId"] == "0af7651916cd43dd8448eb211c80319c" && span["spanId"] == "000000000000b7ad")
        #expect(span["parentSpanId"] == "0000000000000007" && span["traceState"] == "vendor=1")
        #expect(span["kind"] == 2 && span["status"] == ["code": 2, "message": "boom"])
        #expect(span["startTimeUnixNano"] == "1700000000000000001")
        // An end before the start is a clock that was set back.
        #expect(span["endTimeUnixNano"] == "1700000000000000001")
        #expect(
            span["attributes"] == [
                ["key": "a", "value": ["stringValue": "x"]], ["key": "b", "value": ["intValue": "-3"]],
                ["key": "c", "value": ["boolValue": true]],
            ]
        )
    }

    @Test("the path is added only where it is missing")
    func path() async {
        let answer: Result<OutboundResponse, OutboundFailure> = .success(OutboundResponse(status: 202))
        #expect(await send("http://c/v1/traces", answer: answer).0?.url == "http://c/v1/traces")
        #expect(await send("http://c/otlp", answer: answer).0?.url == "http://c/otlp/v1/traces")
    }

    @Test(
        "only what may pass by itself is worth another try",
        arguments: [(200, 0), (429, 1), (503, 1), (400, 2), (401, 2), (500, 2)]
    )
    func answers(_ status: Int, _ kind: Int) async {
        let outcome = await send("http://c", answer: .success(OutboundResponse(status: status))).1
        switch outcome {
        case .accepted: #expect(kind == 0)
        case .unreachable: #expect(kind == 1)
        case .refused: #expect(kind == 2)
        }
    }

    @Test("nobody there is worth another try; an address that is not allowed is not")
    func failures() async {
        let away = await send("http://c", answer: .failure(OutboundFailure(.connect, "nobody"))).1
        #expect(away == .unreachable("nobody"))
        let forbidden = await send("http://c", answer: .failure(OutboundFailure(.refused, "no"))).1
        #expect(forbidden == .refused("no"))
    }
}
