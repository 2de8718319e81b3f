import Testing

@testable import Policies

/// A breaker that opens at the third failure within ten seconds and stays open for five, with a clock that the test moves.
private struct Bench {
    var breaker = CircuitBreaker(failures: 3, within: .seconds(10), openFor: .seconds(5))
    let zero = ContinuousClock.now
    var seconds = 0

    var now: ContinuousClock.Instant { zero + .seconds(seconds) }

    /// Nil when the call is refused.
    mutating func admit() -> CircuitBreaker.Ticket? {
        if case .pass(let ticket) = breaker.admit(at: now) { ticket } else { nil }
    }

    mutating func refusal() -> Duration? {
        if case .refuse(let retryAfter) = breaker.admit(at: now) { retryAfter } else { nil }
    }

    /// A call that is admitted and ends at once.
    mutating func call(_ verdict: CircuitBreaker.Verdict) {
        guard let ticket = admit() else { return }
        _ = breaker.ended(ticket, verdict, at: now)
    }

    mutating func end(_ ticket: CircuitBreaker.Ticket?, _ verdict: CircuitBreaker.Verdict) {
        guard let ticket else { return }
        _ = breaker.ended(ticket, verdict, at: now)
    }
}

@Suite("Circuit breaker")
struct CircuitBreakerTests {
    @Test("enough failures in time open it; the probe that goes well closes it")
    func round() {
        var bench = Bench()
        bench.call(.bad)
        bench.call(.bad)
        #expect(bench.breaker.state == .closed)
        bench.call(.bad)
        #expect(bench.breaker.state == .open(until: bench.zero + .seconds(5)))
        bench.seconds = 2
        #expect(bench.refusal() == .seconds(3), "says when it is tried again")
        bench.seconds = 5
        let probe = bench.admit()
        #expect(probe != nil)
        #expect(bench.refusal() == .seconds(1), "one probe at a time")
        bench.end(probe, .good)
        #expect(bench.breaker.state == .closed)
        bench.call(.bad)
        bench.call(.bad)
        #expect(bench.breaker.state == .closed, "what was before is forgotten")
    }

    @Test("a probe that fails opens it for as long again")
    func failedProbe() {
        var bench = Bench()
        for _ in 0..<3 { bench.call(.bad) }
        bench.seconds = 6
        bench.call(.bad)
        #expect(bench.breaker.state == .open(until: bench.zero + .seconds(11)))
    }

    @Test("a probe that says nothing makes room for another")
    func unknownProbe() {
        var bench = Bench()
        for _ in 0..<3 { bench.call(.bad) }
        bench.seconds = 5
        bench.call(.unknown)
        #expect(bench.breaker.state == .halfOpen(isProbing: false))
        bench.call(.good)
        #expect(bench.breaker.state == .closed)
    }

    @Test("failures far apart do not add up, and good calls between them take none away")
    func window() {
        var bench = Bench()
        for second in [0, 6, 10] {
            bench.seconds = second
            bench.call(.bad)
            bench.call(.good)
        }
        #expect(bench.breaker.state == .closed, "the first is ten seconds old")
        bench.seconds = 15
        bench.call(.bad)
        #expect(bench.breaker.state == .open(until: bench.zero + .seconds(20)))
    }

    @Test("late news from before change nothing")
    func late() {
        var bench = Bench()
        // before                                  after
        let slow = (0..<5).map { _ in bench.admit() }
        for ticket in slow[0..<3] { bench.end(ticket, .bad) }
        //                                         open
        bench.seconds = 5
        let probe = bench.admit()  //              half-open
        bench.end(slow[3], .good)
        bench.end(slow[4], .bad)
        #expect(bench.breaker.state == .halfOpen(isProbing: true), "only the probe decides")
        bench.end(probe, .good)
        #expect(bench.breaker.state == .closed)
    }

    @Test(
        "random interleavings: never two probes at once, never a call through an open one",
        arguments: 1...20
    )
    func random(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bench = Bench()
        var running: [CircuitBreaker.Ticket] = []
        var probes = 0
        for _ in 0..<2_000 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bench.seconds += Int.random(in: 0...3, using: &random)
            case 1, 2:
                let before = bench.breaker.state
                guard let ticket = bench.admit() else { continue }
                running.append(ticket)
                if case .open(let until) = before { #expect(until <= bench.now, "seed \(seed)") }
                if before == .halfOpen(isProbing: true) { Issue.record("two probes, seed \(seed)") }
                if before != .closed { probes += 1 }
            default:
                guard !running.isEmpty else { continue }
                let ticket = running.remove(at: .random(in: 0..<running.count, using: &random))
                let verdicts: [CircuitBreaker.Verdict] = [.good, .bad, .bad, .unknown]
                bench.end(ticket, verdicts[.random(in: 0..<4, using: &random)])
            }
        }
        #expect(probes > 0, "seed \(seed)")
    }
}
