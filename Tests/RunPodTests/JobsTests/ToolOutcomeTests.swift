import Testing

@testable import RunPod

@Suite("What a tool's answer means for a job")
struct ToolOutcomeTests {
    private func outcome(_ result: String, isPlain: Bool = true) -> JobOutcome {
        ToolOutcome.of(Array(#"{"jsonrpc":"2.0","id":1,"result":\#(result)}"#.utf8), isPlain: isPlain)
    }

    @Test("an action gives the structured content, else the text, else the whole result")
    func plain() {
        let text = #"{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#
        #expect(
            outcome(#"{"structuredContent":{"a":1},"content":[]}"#) == .completed(Array(#"{"a":1}"#.utf8))
        )
        #expect(outcome(text) == .completed(Array(#""a\n\nb""#.utf8)))
        let image = #"{"content":[{"type":"image","data":"","mimeType":"image/png"}]}"#
        #expect(outcome(image) == .completed(Array(image.utf8)))
        #expect(outcome(text, isPlain: false) == .completed(Array(text.utf8)))
    }

    @Test("what went wrong fails the job with the tool's own words")
    func failures() {
        #expect(outcome(#"{"isError":true,"content":[{"type":"text","text":"no"}]}"#) == .failed("no"))
        let error = Array(#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"wrong"}}"#.utf8)
        #expect(ToolOutcome.of(error, isPlain: false) == .failed("wrong"))
        guard case .failed(let text) = outcome(#"{"resultType":"input_required","inputRequests":{}}"#) else {
            return #expect(Bool(false), "not failed")
        }
        #expect(text.contains("asks for input"))
    }
}
