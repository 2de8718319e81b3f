import Testing

@testable import PluginRuntime

/// The policy as a story: a line says what happens at a second, and what is decided then.
@Suite("Restart policy")
struct RestartPolicyTests {
    private let zero = ContinuousClock.now
    private var policy: RestartPolicy

    init() {
        var settings = RestartSettings()
        settings.max = 3
        settings.within = .seconds(60)
        settings.backoff = .seconds(1) ... .seconds(3)
        policy = RestartPolicy(settings)
    }

    private func at(_ seconds: Double) -> ContinuousClock.Instant {
        zero.advanced(by: .milliseconds(Int(seconds * 1000)))
    }

    @Test("starts at once what never died")
    func fresh() { #expect(policy.decide(at: zero) == .start) }

    @Test("lets the pause double with each death, up to the bound")
    mutating func pauses() {
        for (death, longest) in [(0.0, 1.0), (10, 2), (20, 3)] {
            policy.died(at: at(death), because: "SIGSEGV", chance: 1)
            #expect(policy.decide(at: at(death)) == .wait(until: at(death + longest)))
            #expect(policy.decide(at: at(death + longest)) == .start)
        }
    }

    @Test(
        "chooses the pause by chance between none and the longest",
        arguments: [(0.0, 0.0), (0.25, 0.25), (0.5, 0.5)]
    )
    mutating func chance(_ chance: Double, _ pause: Double) {
        policy.died(at: zero, because: "SIGSEGV", chance: chance)
        #expect(policy.decide(at: at(pause)) == .start)
        if pause > 0 { #expect(policy.decide(at: at(pause - 0.01)) == .wait(until: at(pause))) }
    }

    @Test("puts into quarantine who dies once more than the budget allows")
    mutating func quarantine() {
        for second in [0.0, 10, 20] { policy.died(at: at(second), because: "SIGSEGV", chance: 0) }
        #expect(policy.decide(at: at(30)) == .start)
        policy.died(at: at(59), because: "SIGABRT", chance: 0)
        let expected = RestartPolicy.Quarantine(cause: "SIGABRT", deaths: 4, within: .seconds(60))
        #expect(policy.decide(at: at(100_000)) == .refuse(expected))
        #expect(
            expected.sentence(for: "weather")
                == """
                is in quarantine after 4 crashes within 60.0 seconds (the last: SIGABRT). An operator can start it again with: \
                roost restart weather
                """
        )
    }

    @Test("forgets a death when the window has passed since")
    mutating func forgets() {
        for second in [0.0, 10, 20] { policy.died(at: at(second), because: "SIGSEGV", chance: 1) }
        // The first one is forgotten, so this is the third within the window again.
        policy.died(at: at(61), because: "SIGSEGV", chance: 1)
        #expect(policy.quarantine == nil)
        // After a long quiet time the first pause is the shortest again.
        policy.died(at: at(1_000), because: "SIGSEGV", chance: 1)
        #expect(policy.decide(at: at(1_000)) == .wait(until: at(1_001)))
        #expect(policy.deaths == 5)
    }

    @Test("gives the whole budget back when it is told to forgive")
    mutating func forgives() {
        for second in [0.0, 1, 2, 3] { policy.died(at: at(second), because: "SIGSEGV", chance: 1) }
        #expect(policy.quarantine != nil)
        policy.forgive()
        #expect(policy.decide(at: at(3)) == .start)
        for second in [4.0, 5, 6] { policy.died(at: at(second), because: "SIGSEGV", chance: 0) }
        #expect(policy.decide(at: at(6)) == .start)
    }

    @Test("with a budget of nothing the first death is one too many")
    mutating func none() {
        policy.settings.max = 0
        policy.died(at: zero, because: "exit code 7", chance: 0)
        #expect(policy.quarantine?.cause == "exit code 7")
    }
}
