import Testing

@testable import PluginRuntime

@Suite("Watchdog")
struct WatchdogTests {
    private let zero = ContinuousClock.now
    private var watchdog = Watchdog(grace: .seconds(5))

    private func at(_ seconds: Int) -> ContinuousClock.Instant { zero.advanced(by: .seconds(seconds)) }

    private func call(_ number: UInt64, _ deadline: Int, in generation: UInt64 = 1) -> Watchdog.Call {
        Watchdog.Call(
            token: CallToken(number),
            generation: Generation(generation),
            target: "forecast",
            deadline: at(deadline)
        )
    }

    @Test("rests while nothing is overdue")
    mutating func rests() { #expect(watchdog.check(at: at(1_000)) == .rest) }

    @Test("looks when the grace is over, and names the call that was not given back")
    mutating func hangs() {
        // call 1                                    watchdog
        let first = watchdog.watch(call(1, 10))  // deadline 10, so due at 15
        #expect(first == at(15))
        #expect(watchdog.check(at: at(14)) == .look(at: at(15)))
        #expect(watchdog.check(at: at(15)) == .hung([call(1, 10)]))
        // It was told once.
        #expect(watchdog.check(at: at(16)) == .rest)
    }

    @Test("forgets a call that is given back in time")
    mutating func givenBack() {
        _ = watchdog.watch(call(1, 10))
        watchdog.completed(CallToken(1))
        #expect(watchdog.check(at: at(15)) == .rest)
    }

    @Test("asks for an earlier look only when one is needed")
    mutating func order() {
        #expect(watchdog.watch(call(1, 20)) == at(25))
        #expect(watchdog.watch(call(2, 30)) == nil)
        #expect(watchdog.watch(call(3, 10)) == at(15))
        #expect(watchdog.check(at: at(15)) == .hung([call(3, 10)]))
        #expect(watchdog.check(at: at(15)) == .look(at: at(25)))
        #expect(watchdog.check(at: at(40)) == .hung([call(1, 20), call(2, 30)]))
    }

    @Test("a call that was cancelled has until its deadline, and the grace")
    mutating func cancelled() {
        // cancelled at 1, deadline 10
        #expect(watchdog.watch(call(1, 10)) == at(15))
        #expect(watchdog.check(at: at(6)) == .look(at: at(15)))
    }

    @Test("forgets what a generation held when it is gone, and nothing else")
    mutating func generations() {
        _ = watchdog.watch(call(1, 10, in: 1))
        _ = watchdog.watch(call(2, 10, in: 2))
        watchdog.forget(Generation(1))
        #expect(watchdog.check(at: at(15)) == .hung([call(2, 10, in: 2)]))
    }
}
