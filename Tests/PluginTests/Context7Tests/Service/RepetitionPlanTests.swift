import RoostKit
import Testing

@testable import Context7Server

@Suite("Asking the service again")
struct RepetitionPlanTests {
    private func failure(_ status: Int?, retryAfter: Duration? = nil) -> ServiceFailure {
        var failure = ServiceFailure(status: status, message: "")
        failure.retryAfter = retryAfter
        return failure
    }

    @Test("waits as long as the service asks, where the deadline leaves time for an answer")
    func limits() {
        var plan = RepetitionPlan()
        #expect(
            plan.step(after: failure(429, retryAfter: .seconds(4)), left: .seconds(6), jitter: 0)
                == .wait(.seconds(4))
        )
        #expect(
            plan.step(after: failure(429, retryAfter: .seconds(4)), left: .seconds(4), jitter: 0) == .giveUp
        )
        #expect(
            plan.step(after: failure(429, retryAfter: .seconds(4)), left: nil, jitter: 0)
                == .wait(.seconds(4))
        )
        #expect(plan.step(after: failure(429, retryAfter: .seconds(31)), left: nil, jitter: 0) == .giveUp)
        #expect(plan.step(after: failure(429), left: nil, jitter: 0) == .giveUp)
    }

    @Test("comes back after a fault, three times at most, each time later and never together with others")
    func faults() {
        var plan = RepetitionPlan()
        #expect(plan.step(after: failure(503), left: nil, jitter: 0) == .wait(.milliseconds(200)))
        #expect(plan.step(after: failure(nil), left: nil, jitter: 0.5) == .wait(.milliseconds(600)))
        #expect(plan.step(after: failure(504), left: nil, jitter: 0) == .wait(.milliseconds(800)))
        #expect(plan.step(after: failure(502), left: nil, jitter: 0) == .giveUp)
    }

    @Test("takes no for an answer", arguments: [202, 301, 400, 401, 402, 403, 404, 422, 500])
    func final(_ status: Int) {
        var plan = RepetitionPlan()
        #expect(plan.step(after: failure(status, retryAfter: .seconds(1)), left: nil, jitter: 0) == .giveUp)
    }

    @Test("reads when a limit ends from either of the published fields")
    func fields() {
        func wait(_ headers: HTTPHeaders) -> Duration? {
            ServiceFailure(HTTPResponse(status: 429, headers: headers), asked: "x", now: 1000).retryAfter
        }
        #expect(wait(["Retry-After": "7"]) == .seconds(7))
        #expect(wait(["RateLimit-Reset": "1060"]) == .seconds(60))
        #expect(wait(["RateLimit-Reset": "999"]) == nil)
        #expect(wait(["Retry-After": "soon"]) == nil)
    }
}
