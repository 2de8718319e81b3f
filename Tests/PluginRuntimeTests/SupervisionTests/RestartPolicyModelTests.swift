import Testing

@testable import PluginRuntime

/// The policy beside a model that remembers everything and computes each answer anew.
@Suite("Restart policy, any order of events")
struct RestartPolicyModelTests {
    @Test("decides as the model does", arguments: (0..<40).map { _ in UInt64.random(in: 0 ... .max) })
    func random(_ seed: UInt64) {
        var dice = Dice(state: seed)
        var settings = RestartSettings()
        settings.max = Int.random(in: 0...4, using: &dice)
        settings.within = .seconds(Int.random(in: 1...30, using: &dice))
        settings.backoff = .seconds(1) ... .seconds(Int.random(in: 1...8, using: &dice))
        var policy = RestartPolicy(settings)

        var now = ContinuousClock.now
        var deaths: [ContinuousClock.Instant] = []
        var pauseEnds = now
        var isQuarantined = false
        for step in 0..<200 {
            now = now.advanced(by: .milliseconds(Int.random(in: 0...3_000, using: &dice)))
            switch Int.random(in: 0..<10, using: &dice) {
            case 0..<4:
                let chance = Double.random(in: 0..<1, using: &dice)
                policy.died(at: now, because: "SIGSEGV", chance: chance)
                deaths.append(now)
                let recent = deaths.count { $0.advanced(by: settings.within) > now }
                isQuarantined = isQuarantined || recent > settings.max
                let longest = (1..<max(1, recent)).reduce(settings.backoff.lowerBound) { pause, _ in pause * 2
                }
                if recent <= settings.max {
                    pauseEnds = now.advanced(by: min(longest, settings.backoff.upperBound) * chance)
                }
            case 4 where isQuarantined:
                policy.forgive()
                (deaths, isQuarantined, pauseEnds) = ([], false, now)
            default: break
            }
            let comment: Comment = "seed \(seed), step \(step)"
            switch policy.decide(at: now) {
            case .refuse: #expect(isQuarantined, comment)
            case .wait(let moment): #expect(!isQuarantined && moment == pauseEnds && moment > now, comment)
            case .start: #expect(!isQuarantined && pauseEnds <= now, comment)
            }
        }
    }
}
