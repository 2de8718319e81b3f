import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("What a plugin completes with")
struct PluginAnswerTests {
    @Test(
        "an answer that is too long to be handed on becomes an error that says so; others stay what they are"
    )
    func tooLong() throws {
        let ok = PluginStatus.ok.rawValue
        let kept = PluginAnswer.fitting(status: ok, result: [1, 2, 3], alias: "echo", limit: 3)
        #expect(kept.status == ok && kept.result == [1, 2, 3])
        let (status, result) = PluginAnswer.fitting(
            status: ok,
            result: [1, 2, 3, 4],
            alias: "echo",
            limit: 3
        )
        guard case .error(let error) = PluginAnswer.outcome(status: status, result: result, alias: "echo")
        else {
            Issue.record("expected an error")
            return
        }
        #expect(
            error.root["message"]?.string
                == "plugin echo gave an answer of 4 bytes, and at most 3 can be handed on; ask for less at once"
        )
    }

    @Test(
        "becomes an outcome, or a failure in words",
        arguments: [
            (0, #"{"content":[]}"#, "complete"), (0, "[]", "expected a JSON object, found array"),
            (0, "", "found text that is not JSON (at byte 0"), (0, #"{"a":1,"a":2}"#, "stands twice"),
            (1, #"{"code":-32602,"message":"no"}"#, "error"),
            (1, #"{"code":"x","message":"no"}"#, "an integer code"),
            (1, #"{"code":1.5,"message":"no"}"#, "an integer code"), (2, "", "cancelled"),
            (2, "garbage", "cancelled"),
            (3, "{}", "the status 3 ends no call"), (4, #"{"inputRequests":{}}"#, "inputRequired"),
            (4, #"{"state":"s"}"#, "inputRequired"), (4, "{}", "expected inputRequests"),
            (4, #"{"state":7}"#, "expected inputRequests"), (-1, "{}", "the status -1 ends no call"),
        ] as [(Int32, String, String)]
    )
    func outcome(_ status: Int32, _ result: String, _ words: String) {
        let outcome = PluginAnswer.outcome(status: status, result: Array(result.utf8), alias: "weather")
        switch outcome {
        case .complete: #expect(words == "complete")
        case .error: #expect(words == "error")
        case .cancelled: #expect(words == "cancelled")
        case .inputRequired: #expect(words == "inputRequired")
        case .failed(let failure):
            #expect(failure.cause == .badAnswer)
            #expect(failure.message.contains(words))
            #expect(failure.message.contains("plugin weather"))
        }
    }
}
