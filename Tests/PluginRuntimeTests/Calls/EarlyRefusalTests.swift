import Testing

@testable import PluginRuntime

/// A ledger whose calls take a second each, one at a time, and a clock that the test moves.
private struct Bench {
    var ledger = CallLedger(alias: "slow", limits: .init(concurrency: 1, queue: 100))
    let zero = ContinuousClock.now
    var seconds = 0.0
    let observer = RecordingObserver()

    init() { ledger.open(Generation(1), pluginLimit: 0) }

    var now: ContinuousClock.Instant { zero + .seconds(seconds) }

    mutating func submit(within deadline: Double) -> CallLedger.Submission {
        ledger.submit(.tool("work"), observer: observer, deadline: now + .seconds(deadline), now: now)
    }

    /// Runs calls of a second each, one after the other.
    mutating func run(_ count: Int) {
        for _ in 0..<count {
            let submission = submit(within: 60)
            seconds += 1
            _ = ledger.complete(submission.token, with: .cancelled, now: now)
        }
    }
}

extension CallLedger.Submission {
    fileprivate var failure: PluginFailure? {
        if case .refuse(let failure) = verdict { failure } else { nil }
    }
}

@Suite("Refusal before the wait")
struct EarlyRefusalTests {
    @Test("a call that could not begin before its deadline is refused at once, and told when to come again")
    func tooLong() {
        var bench = Bench()
        bench.run(16)
        _ = bench.submit(within: 60)  // works
        _ = bench.submit(within: 60)  // waits for a second
        #expect(bench.submit(within: 2.5).failure == nil, "two seconds of waiting fit in")
        let refusal = bench.submit(within: 2.5).failure
        #expect(refusal?.cause == .busy)
        #expect(refusal?.retryAfter == .milliseconds(500))
        #expect(
            refusal?.message
                == "plugin slow is busy: 1 calls run and 2 wait, so that this one would wait about 3.0 s and its deadline leaves 2.5 s. Try again later"
        )
    }

    @Test("a call that need not wait is never refused for it, however slow the plugin has been")
    func noWait() {
        var bench = Bench()
        bench.run(20)
        #expect(bench.submit(within: 0.01).failure == nil)
    }

    @Test("nothing is concluded from few calls")
    func few() {
        var bench = Bench()
        bench.run(15)
        _ = bench.submit(within: 60)
        _ = bench.submit(within: 60)
        #expect(bench.submit(within: 0.1).failure == nil)
    }

    @Test("a plugin that has become fast again is believed soon")
    func forgetting() {
        var bench = Bench()
        bench.run(50)
        for _ in 0..<60 {
            let submission = bench.submit(within: 60)
            bench.seconds += 0.001
            _ = bench.ledger.complete(submission.token, with: .cancelled, now: bench.now)
        }
        _ = bench.submit(within: 60)
        _ = bench.submit(within: 60)
        #expect(bench.submit(within: 0.1).failure == nil)
    }

    @Test("calls that pass their deadline count with the time they took")
    func hanging() {
        var bench = Bench()
        for _ in 0..<16 {
            _ = bench.submit(within: 2)
            bench.seconds += 2
            _ = bench.ledger.expire(now: bench.now)
        }
        _ = bench.submit(within: 60)
        _ = bench.submit(within: 60)
        #expect(
            bench.submit(within: 3).failure?.retryAfter == .seconds(1),
            "two calls before it take four seconds"
        )
    }
}
