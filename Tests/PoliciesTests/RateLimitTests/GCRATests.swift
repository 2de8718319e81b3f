import Testing

@testable import Policies

@Suite("GCRA")
struct GCRATests {
    private static let second: Int64 = 1_000_000_000

    @Test("a burst at once, then one call for each interval")
    func burst() {
        let gcra = GCRA(count: 2, window: .seconds(1), burst: 3)
        var arrival: Int64?
        var allowed: [Bool] = []
        // three at once, two too early, one in time, one too early, one in time
        for milliseconds in [0, 0, 0, 0, 499, 500, 999, 1_000] as [Int64] {
            let decision = gcra.decide(arrival, now: milliseconds * 1_000_000)
            arrival = decision.arrival
            allowed.append(decision.isAllowed)
        }
        #expect(allowed == [true, true, true, false, false, true, false, true])
    }

    @Test("says how many are left, when the next may come, and when all may")
    func standing() {
        let gcra = GCRA(count: 1, window: .seconds(1), burst: 2)
        let first = gcra.decide(nil, now: 0)
        #expect(
            first == .init(isAllowed: true, arrival: Self.second, remaining: 1, wait: 0, reset: Self.second)
        )
        let second = gcra.decide(first.arrival, now: 0)
        #expect(second.remaining == 0 && second.wait == Self.second && second.reset == 2 * Self.second)
        let third = gcra.decide(second.arrival, now: Self.second / 4)
        #expect(!third.isAllowed && third.arrival == second.arrival, "a refused call changes nothing")
        #expect(third.wait == Self.second * 3 / 4)
        #expect(
            gcra.decide(third.arrival, now: Self.second).isAllowed,
            "exactly then, not a nanosecond later"
        )
        #expect(!gcra.decide(third.arrival, now: Self.second - 1).isAllowed)
    }

    @Test("what cannot be counted is bounded, and nothing overflows")
    func extremes() {
        let century = GCRA(count: 1, window: .seconds(86_400 * 365 * 300), burst: 1_000_000)
        #expect(century.decide(.max / 4, now: .max / 4).isAllowed)
        let fast = GCRA(count: 1_000_000, window: .nanoseconds(1), burst: 1)
        #expect(fast.interval == 1)
    }

    /// The definition, by brute force: a call may come when no stretch that ends with it holds more than the burst and what
    /// the rate allows in that stretch.
    private struct Reference {
        let interval: Int64
        let burst: Int64
        var accepted: [Int64] = []

        mutating func decide(_ now: Int64) -> Bool {
            let isAllowed =
                accepted.indices.allSatisfy { first in
                    let calls = Int64(accepted.count - first) + 1
                    return calls <= burst + (now - accepted[first]) / interval
                } && burst >= 1
            if isAllowed { accepted.append(now) }
            return isAllowed
        }
    }

    @Test("decides as its definition does, call by call", arguments: 1...60)
    func property(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let interval = Int64.random(in: 1...50, using: &random)
        let burst = Int.random(in: 1...12, using: &random)
        let gcra = GCRA(count: 1, window: .nanoseconds(interval), burst: burst)
        var reference = Reference(interval: interval, burst: Int64(burst))
        var arrival: Int64?
        var now: Int64 = 0
        for _ in 0..<400 {
            if Bool.random(using: &random) { now += Int64.random(in: 0...(interval * 3), using: &random) }
            let decision = gcra.decide(arrival, now: now)
            arrival = decision.arrival
            let expected = reference.decide(now)
            #expect(decision.isAllowed == expected, "seed \(seed), now \(now)")
            // What it says about the future holds as well.
            #expect(gcra.decide(arrival, now: now).isAllowed == (decision.remaining > 0), "seed \(seed)")
            #expect(gcra.decide(arrival, now: now + decision.wait).isAllowed, "seed \(seed)")
            if decision.wait > 0 {
                #expect(!gcra.decide(arrival, now: now + decision.wait - 1).isAllowed, "seed \(seed)")
            }
        }
    }
}
