import Testing

@testable import RunPod

@Suite("When a worker asks for jobs")
struct TakeMachineTests {
    private let start = ContinuousClock.now
    private var machine = TakeMachine()

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
        start.advanced(by: .milliseconds(milliseconds))
    }

    @Test("as many jobs as there are free slots, one take at a time")
    mutating func slots() {
        #expect(
            machine.next(slots: 4, held: 1, isBackedUp: false, at: start) == .take(count: 3, isBusy: true)
        )
        #expect(machine.next(slots: 4, held: 1, isBackedUp: false, at: start) == .idle)
        machine.answered(.jobs(3), after: .zero, at: start, random: 0)
        #expect(machine.next(slots: 4, held: 4, isBackedUp: false, at: start) == .idle)
        // A slot that is free is used at once.
        #expect(
            machine.next(slots: 4, held: 3, isBackedUp: false, at: start) == .take(count: 1, isBusy: true)
        )
    }

    @Test("a plugin that may do more counts with the next take, one that may do less too")
    mutating func resize() {
        #expect(
            machine.next(slots: 1, held: 0, isBackedUp: false, at: start) == .take(count: 1, isBusy: false)
        )
        machine.answered(.jobs(1), after: .zero, at: start, random: 0)
        #expect(
            machine.next(slots: 8, held: 1, isBackedUp: false, at: start) == .take(count: 7, isBusy: true)
        )
        machine.answered(.nothing, after: .seconds(9), at: start, random: 0)
        #expect(machine.next(slots: 1, held: 1, isBackedUp: false, at: start) == .idle)
        #expect(machine.next(slots: 0, held: 2, isBackedUp: false, at: start) == .idle)
    }

    @Test("an empty answer that the queue held is followed by the next take at once")
    mutating func held() {
        for _ in 0..<5 {
            #expect(
                machine.next(slots: 1, held: 0, isBackedUp: false, at: start)
                    == .take(count: 1, isBusy: false)
            )
            machine.answered(.nothing, after: .seconds(9), at: start, random: 1)
        }
    }

    @Test("empty answers at once are followed by pauses that grow to a second, until there is a job")
    mutating func instant() {
        var pauses: [Duration] = []
        var now = start
        for _ in 0..<8 {
            #expect(
                machine.next(slots: 1, held: 0, isBackedUp: false, at: now) == .take(count: 1, isBusy: false)
            )
            machine.answered(.nothing, after: .milliseconds(1), at: now, random: 1)
            guard case .wait(let until) = machine.next(slots: 1, held: 0, isBackedUp: false, at: now) else {
                Issue.record("no pause")
                return
            }
            pauses.append(until - now)
            now = until
        }
        #expect(pauses == [50, 100, 200, 400, 800, 1_000, 1_000, 1_000].map { .milliseconds($0) })
        _ = machine.next(slots: 1, held: 0, isBackedUp: false, at: now)
        machine.answered(.jobs(1), after: .zero, at: now, random: 1)
        #expect(machine.next(slots: 2, held: 1, isBackedUp: false, at: now) == .take(count: 1, isBusy: true))
    }

    @Test(
        "429 is followed by what it asks for, or five seconds",
        arguments: [
            (Duration?.none, 5_000), (.seconds(2), 2_000), (.seconds(30), 30_000),
        ]
    )
    mutating func tooMany(_ asked: Duration?, _ milliseconds: Int) {
        _ = machine.next(slots: 1, held: 0, isBackedUp: false, at: start)
        machine.answered(.refused(status: 429, retryAfter: asked), after: .zero, at: start, random: 0)
        #expect(
            machine.next(slots: 1, held: 0, isBackedUp: false, at: start) == .wait(until: at(milliseconds))
        )
        #expect(
            machine.next(slots: 1, held: 0, isBackedUp: false, at: at(milliseconds))
                == .take(count: 1, isBusy: false)
        )
    }

    @Test(
        "refusals and dead connections are followed by pauses that grow",
        arguments: [
            TakeAnswer.refused(status: 400, retryAfter: nil), .refused(status: 503, retryAfter: nil),
            .unreachable,
        ]
    )
    mutating func failures(_ answer: TakeAnswer) {
        var now = start
        var last = Duration.zero
        for round in 0..<10 {
            _ = machine.next(slots: 1, held: 0, isBackedUp: false, at: now)
            machine.answered(answer, after: .zero, at: now, random: 0.5)
            guard case .wait(let until) = machine.next(slots: 1, held: 0, isBackedUp: false, at: now) else {
                Issue.record("no pause")
                return
            }
            #expect(until - now >= last)
            if round == 0 { #expect(until - now <= .milliseconds(250)) }
            last = until - now
            now = until
        }
        #expect(last == .milliseconds(7_500))
        // A process that was stopped for a while knows nothing of all that.
        _ = machine.next(slots: 1, held: 0, isBackedUp: false, at: now)
        machine.answered(answer, after: .zero, at: now, random: 0.5)
        machine.forget()
        #expect(machine.next(slots: 1, held: 0, isBackedUp: false, at: now) == .take(count: 1, isBusy: false))
    }

    @Test("never while too many results wait for their delivery")
    mutating func backedUp() {
        #expect(machine.next(slots: 4, held: 0, isBackedUp: true, at: start) == .idle)
    }

    @Test("never again once the worker stops; the take that is open may still bring jobs")
    mutating func drain() {
        _ = machine.next(slots: 4, held: 0, isBackedUp: false, at: start)
        machine.drain()
        #expect(machine.next(slots: 4, held: 0, isBackedUp: false, at: start) == .idle)
        machine.answered(.jobs(2), after: .zero, at: start, random: 0)
        #expect(machine.next(slots: 4, held: 2, isBackedUp: false, at: start) == .end)
    }
}
