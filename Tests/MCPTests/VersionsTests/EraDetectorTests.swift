import MCP
import RoostJSON
import Testing

@Suite("Which rules a message follows")
struct EraDetectorTests {
    private static let envelope = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#

    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var header: String?
        var session = false
        var era: EraDetector.Era
        var testDescription: String { "\(text) header \(header ?? "none") session \(session)" }
    }

    private static func request(_ method: String, _ params: String = "") -> String {
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{\#(params)}}"#
    }

    @Test(
        "the body decides, the header helps",
        arguments: [
            Case(text: request("tools/list", envelope), era: .modern),
            Case(text: request("initialize", envelope), era: .modern),
            Case(text: request("tools/list", envelope), header: "2025-11-25", session: true, era: .modern),
            Case(text: request("initialize"), era: .legacyInitialize),
            Case(text: request("initialize", #""_meta":{}"#), era: .legacyInitialize),
            Case(text: request("initialize"), header: "2026-07-28", era: .legacyInitialize),
            Case(text: request("tools/list"), era: .legacy(.v2025_03_26)),
            Case(text: request("tools/list"), session: true, era: .legacy(nil)),
            Case(text: request("tools/list"), header: "2025-06-18", era: .legacy(.v2025_06_18)),
            Case(text: request("tools/list"), header: "2026-07-28", era: .modern),
            Case(text: request("tools/list"), header: "2027-01-01", era: .modern),
            Case(text: request("tools/list"), header: "2020-01-01", era: .unsupported("2020-01-01")),
            Case(text: request("tools/list"), header: "v999", era: .unsupported("v999")),
            Case(text: request("server/discover"), era: .modern),
            Case(text: request("subscriptions/listen"), era: .modern),
            Case(
                text: #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
                header: "2025-11-25",
                era: .legacy(.v2025_11_25)
            ),
        ]
    )
    func classify(example: Case) throws {
        let message = try Message(JSONDocument(parsing: example.text).root)
        let era = EraDetector.classify(message, versionHeader: example.header, hasSession: example.session)
        #expect(era == example.era)
    }
}
