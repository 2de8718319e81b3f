import Testing

@testable import Policies

@Suite("Buckets in memory")
struct BucketTableTests {
    private static let hourly = GCRA(count: 3, window: .seconds(3_600), burst: 3)

    private func key(_ principal: Int) -> BucketKey { BucketKey(rule: 0, principal: "p\(principal)") }

    @Test("each caller has its own bucket")
    func apart() {
        var table = BucketTable(capacity: 100)
        for _ in 0..<3 { #expect(table.take(key(1), Self.hourly, now: 0).isAllowed == true) }
        #expect(table.take(key(1), Self.hourly, now: 0).isAllowed == false)
        #expect(table.take(key(2), Self.hourly, now: 0).isAllowed == true)
    }

    @Test("ten thousand callers keep to the room there is, and an exhausted one stays exhausted")
    func flood() {
        var table = BucketTable(capacity: 1_000)
        for _ in 0..<3 { _ = table.take(key(-1), Self.hourly, now: 0) }
        for principal in 0..<10_000 {
            #expect(table.take(key(principal), Self.hourly, now: Int64(principal)).isAllowed == true)
            #expect(table.count <= 1_000)
        }
        #expect(table.take(key(-1), Self.hourly, now: 10_000).isAllowed == false)
    }

    @Test("buckets that are whole again go first")
    func whole() {
        var table = BucketTable(capacity: 100)
        let quick = GCRA(count: 1, window: .nanoseconds(1), burst: 1)
        for principal in 0..<50 { _ = table.take(key(principal), Self.hourly, now: 0) }
        for principal in 50..<100 { _ = table.take(key(principal), quick, now: 0) }
        _ = table.take(key(100), quick, now: 1_000)
        #expect(table.count == 51)
    }

    @Test("a call that another rule refused is given back")
    func refund() {
        let memory = MemoryBuckets(capacity: 1_024)
        let strict = GCRA(count: 1, window: .seconds(3_600), burst: 1)
        let both = [BucketDemand(key: key(1), gcra: Self.hourly), BucketDemand(key: key(2), gcra: strict)]
        #expect(memory.take(both, now: 0).map(\.isAllowed) == [true, true])
        for _ in 0..<5 { #expect(memory.take(both, now: 0).map(\.isAllowed) == [true, false]) }
        #expect(memory.take([both[0]], now: 0).map(\.remaining) == [1], "only the call that passed has paid")
    }

    @Test("random calls never get more than their rate, whatever is evicted for others", arguments: 1...10)
    func exhausted(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = BucketTable(capacity: 64)
        var taken = 0
        for now in 0..<5_000 {
            let isGreedy = Int.random(in: 0..<10, using: &random) == 0
            let principal = isGreedy ? -1 : Int.random(in: 0..<1_000, using: &random)
            let decision = table.take(key(principal), Self.hourly, now: Int64(now))
            if isGreedy, decision.isAllowed { taken += 1 }
        }
        #expect(taken == 3, "seed \(seed)")
    }
}
