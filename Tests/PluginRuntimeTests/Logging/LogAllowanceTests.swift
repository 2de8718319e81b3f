import Testing

@testable import PluginRuntime

@Suite("How many lines a plugin may log")
struct LogAllowanceTests {
    private let began = ContinuousClock.now

    /// How many short lines of `count` pass at a moment.
    private func passed(_ count: Int, _ allowance: inout LogAllowance, after time: Duration) -> Int {
        (0..<count).count { _ in allowance.take(10, at: began + time) == .write }
    }

    @Test("a burst passes, then as many as come evenly")
    func rate() {
        var allowance = LogAllowance(count: 10, in: .seconds(1), burst: 5)
        #expect(passed(100, &allowance, after: .zero) == 5)
        #expect(passed(100, &allowance, after: .milliseconds(99)) == 0)
        #expect(passed(100, &allowance, after: .milliseconds(100)) == 1)
        #expect(passed(100, &allowance, after: .milliseconds(400)) == 3)
        #expect(passed(100, &allowance, after: .seconds(3_600)) == 5, "rest is not saved up beyond a burst")
    }

    @Test("a long line counts by its bytes, and a full bucket lets any line through")
    func bytes() {
        var allowance = LogAllowance(count: 10, in: .seconds(1), burst: 5)
        #expect(allowance.take(2 * 1_024, at: began) == .write)
        #expect(allowance.take(2 * 1_024, at: began) == .drop(isFirst: true))
        #expect(passed(100, &allowance, after: .zero) == 2)
        #expect(allowance.take(1 << 30, at: began + .seconds(1)) == .write)
        #expect(passed(100, &allowance, after: .seconds(1)) == 0)
    }

    @Test("what is dropped is counted once, and the first of it stands out")
    func dropped() {
        var allowance = LogAllowance(count: 1, in: .seconds(60), burst: 1)
        #expect(allowance.takeDropped() == 0)
        #expect(allowance.take(1, at: began) == .write)
        #expect(allowance.take(1, at: began) == .drop(isFirst: true))
        #expect(allowance.take(1, at: began) == .drop(isFirst: false))
        #expect(allowance.takeDropped() == 2)
        #expect(allowance.takeDropped() == 0)
        #expect(allowance.take(1, at: began) == .drop(isFirst: true))
    }

    @Test("a clock that stands still gives nothing")
    func still() {
        var allowance = LogAllowance(count: 1, in: .seconds(1), burst: 2)
        #expect(passed(10, &allowance, after: .seconds(5)) == 2)
        #expect(passed(10, &allowance, after: .seconds(5)) == 0)
    }
}
