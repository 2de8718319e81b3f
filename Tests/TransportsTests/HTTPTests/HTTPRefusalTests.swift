import Gateway
import NIOHTTP1
import Testing

@testable import Transports

@Suite("Refusals over HTTP")
struct HTTPRefusalTests {
    private static let quota = Quota(
        name: "per \"principal\"",
        limit: 20,
        window: .seconds(2),
        remaining: 0,
        reset: .milliseconds(100)
    )

    @Test("a modern client learns from the status, the header fields and the body")
    func modern() {
        let refusal = Refusal(.rateLimited, "slow down", retryAfter: .milliseconds(100), quotas: [Self.quota])
        let response = HTTPRefusal.response(to: refusal, Array("{}".utf8), isModern: true)
        #expect(response.status == .tooManyRequests)
        #expect(
            response.headers.map { "\($0.name): \($0.value)" } == [
                "retry-after: 1", #"ratelimit-policy: "per \"principal\"";q=20;w=2"#,
                #"ratelimit: "per \"principal\"";r=0;t=1"#,
            ]
        )
    }

    @Test(
        "a legacy client keeps its session: the body says it",
        arguments: [Refusal.Reason.rateLimited, .busy, .unavailable]
    )
    func legacy(_ reason: Refusal.Reason) {
        let refusal = Refusal(reason, "later", retryAfter: .seconds(3))
        let response = HTTPRefusal.response(to: refusal, [], isModern: false)
        #expect(response.status == .ok)
        #expect(response.headers.first?.name == "retry-after" && response.headers.first?.value == "3")
    }

    @Test("a missing scope is 403 with a challenge, in every era", arguments: [true, false])
    func scope(_ isModern: Bool) {
        let refusal = Refusal(.insufficientScope(["memory:read", "memory"]), "no")
        let response = HTTPRefusal.response(to: refusal, [], isModern: isModern)
        #expect(response.status == .forbidden)
        #expect(response.headers.first?.name == "www-authenticate")
        #expect(
            response.headers.first?.value == #"Bearer error="insufficient_scope", scope="memory:read memory""#
        )
    }
}
