import Gateway
import MCP
import RoostJSON
import Testing

@Suite("Refusals of the host")
struct RefusalTests {
    @Test("a refusal is an error that a program can read: its cause, and when to come back")
    func rateLimited() {
        let sink = RecordingSink()
        let refusal = Refusal(.rateLimited, "too many calls", retryAfter: .milliseconds(1_500))
        sink.exchange().refuse(refusal)
        #expect(
            sink.record.answers == [
                [
                    "jsonrpc": "2.0", "id": 1,
                    "error": [
                        "code": 429, "message": "too many calls",
                        "data": ["cause": "rate_limited", "retryAfterMs": 1500],
                    ],
                ]
            ]
        )
    }

    @Test("waiting is rounded up: who comes back then is let in")
    func rounding() {
        let refusal = Refusal(.busy, "busy", retryAfter: .microseconds(1_001))
        #expect(refusal.error.data?["retryAfterMs"] == 2)
        #expect(refusal.error.code == .unavailable)
    }

    @Test("missing scopes are named")
    func scopes() {
        var refusal = Refusal(.insufficientScope(["memory:read"]), "the token lacks a scope")
        refusal.plugin = "memory"
        let data: JSONValue = ["cause": "insufficient_scope", "plugin": "memory", "scopes": ["memory:read"]]
        #expect(refusal.error.data == data)
        #expect(refusal.error.code == .forbidden)
    }
}
