import Gateway
import PluginRuntime
import RoostJSON
import Synchronization
import Testing

@testable import Policies

@Suite("Whether a call is made again")
struct RetryPlanTests {
    private let plan = RetryPlan(attempts: 2, pause: .milliseconds(100))
    private let now = ContinuousClock.now

    private func pause(
        _ cause: PluginFailure.Cause = .crashed,
        done: Int = 1,
        hasReported: Bool = false,
        left: Duration? = nil,
        jitter: Double = 1
    ) -> Duration? {
        plan.pause(
            after: .failed(PluginFailure(cause, plugin: "p", "")),
            done: done,
            hasReported: hasReported,
            deadline: left.map { now + $0 },
            now: now,
            jitter: jitter
        )
    }

    @Test("after a crash, with a pause that doubles, as often as it is allowed")
    func crash() {
        #expect(pause() == .milliseconds(100))
        #expect(pause(done: 2) == .milliseconds(200))
        #expect(pause(done: 3) == nil)
        #expect(pause(jitter: 0) == .milliseconds(50))
    }

    @Test("after nothing else", arguments: PluginFailure.Cause.allCases.filter { $0 != .crashed })
    func others(_ cause: PluginFailure.Cause) { #expect(pause(cause) == nil) }

    @Test("never when the client saw something of it, or no time is left")
    func limits() {
        #expect(pause(hasReported: true) == nil)
        #expect(pause(left: .milliseconds(100)) == nil)
        #expect(pause(left: .milliseconds(101)) == .milliseconds(100))
        let cancelled = plan.pause(
            after: .cancelled,
            done: 1,
            hasReported: false,
            deadline: nil,
            now: now,
            jitter: 0
        )
        #expect(cancelled == nil)
    }
}

@Suite("How many calls are made again")
struct RetryBudgetTests {
    @Test("in the long run a share of the calls, however many fail")
    func share() {
        var budget = RetryBudget(share: 0.2)
        var retries = 0
        for _ in 0..<1_000 {
            budget.deposit()
            if budget.withdraw() { retries += 1 }
        }
        // Ten saved up, and a fifth for each call but the first, whose share the full budget had no room for: 209.8.
        #expect(retries == 209)
    }

    @Test("a quiet hour pays for no storm")
    func bounded() {
        var budget = RetryBudget(share: 1)
        for _ in 0..<1_000 { budget.deposit() }
        var retries = 0
        while budget.withdraw() { retries += 1 }
        #expect(retries == Int(RetryBudget.most))
    }

    @Test("without a share there are none")
    func none() {
        var budget = RetryBudget(share: 0)
        budget.deposit()
        #expect(budget.withdraw() == false)
    }
}
