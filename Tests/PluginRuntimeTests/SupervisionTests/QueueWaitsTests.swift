import Testing

@testable import PluginRuntime

@Suite("Queue waits")
struct QueueWaitsTests {
    private let zero = ContinuousClock.now
    private var waits = QueueWaits()

    private func at(_ seconds: Int) -> ContinuousClock.Instant { zero.advanced(by: .seconds(seconds)) }

    @Test("says nothing while nothing came")
    func empty() { #expect(waits.quantile(0.99, at: zero) == .zero) }

    @Test("counts calls that did not wait as such")
    mutating func none() {
        for _ in 0..<100 { waits.record(.zero, at: zero) }
        #expect(waits.count == 100 && waits.total == .zero && waits.quantile(0.99, at: zero) == .zero)
    }

    @Test("bounds a wait by at most twice what it was", arguments: [1, 2, 3, 100, 999, 65_000, 3_000_000])
    mutating func bounds(_ microseconds: Int) {
        waits.record(.microseconds(microseconds), at: zero)
        let bound = waits.quantile(0.5, at: zero)
        #expect(bound >= .microseconds(microseconds) && bound <= .microseconds(2 * microseconds))
        #expect(waits.longest == .microseconds(microseconds))
    }

    @Test("tells the many from the few")
    mutating func quantiles() {
        for _ in 0..<98 { waits.record(.zero, at: zero) }
        for _ in 0..<2 { waits.record(.milliseconds(10), at: zero) }
        #expect(waits.quantile(0.5, at: zero) == .zero)
        #expect(waits.quantile(0.99, at: zero) >= .milliseconds(10))
        #expect(waits.total == .milliseconds(20))
    }

    @Test("forgets after a minute what it counts for the last minute")
    mutating func minute() {
        waits.record(.milliseconds(10), at: zero)
        #expect(waits.quantile(0.5, at: at(49)) > .zero)
        #expect(waits.quantile(0.5, at: at(70)) == .zero)
        waits.record(.zero, at: at(70))
        #expect(waits.quantile(0.99, at: at(70)) == .zero)
        #expect(waits.longest == .milliseconds(10))
    }
}
