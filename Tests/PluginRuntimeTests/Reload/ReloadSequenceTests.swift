import Testing

@testable import PluginRuntime

/// A reload as a dialogue: what happened on the left, what is to be done on the right.
///
/// The clock is moved by hand.
@Suite("Reload sequence")
struct ReloadSequenceTests {
    typealias Line = (happened: ReloadSequence.Event, follows: ReloadSequence.Step)

    private let zero = ContinuousClock.now

    private func moment(_ milliseconds: Int) -> ContinuousClock.Instant {
        zero.advanced(by: .milliseconds(milliseconds))
    }

    /// Each line happens ten milliseconds after the one before.
    private func play(_ lines: [Line]) -> ReloadSequence {
        var sequence = ReloadSequence(at: zero)
        for (index, line) in lines.enumerated() {
            let step = sequence.take(line.happened, at: moment(10 * (index + 1)))
            #expect(step == line.follows, "after \(line.happened)")
        }
        return sequence
    }

    @Test("a plugin without state is started beside the old one, and calls move at once")
    func plain() {
        let sequence = play([
            (.prepared(isNew: true, needsTrial: false), .start),
            (.started(old: false, new: false), .switchOver),
            (.switched, .end(.reloaded)),
        ])
        #expect(
            sequence.times
                == ReloadSequence.Times(
                    began: zero,
                    prepared: moment(10),
                    started: moment(20),
                    ended: moment(30)
                )
        )
    }

    @Test("state is handed over while calls are held and none runs")
    func state() {
        let sequence = play([
            (.prepared(isNew: true, needsTrial: false), .start),
            (.started(old: true, new: true), .hold(until: moment(20).advanced(by: ReloadSequence.patience))),
            (.held(calls: 0), .handOver),
            (.handedOver, .switchOver),
            (.switched, .end(.reloaded)),
        ])
        #expect(sequence.times.held == moment(20))
    }

    @Test("calls are not held when only one of the two versions keeps state", arguments: [true, false])
    func halfState(_ old: Bool) {
        _ = play([
            (.prepared(isNew: true, needsTrial: false), .start),
            (.started(old: old, new: !old), .switchOver),
        ])
    }

    @Test("what would crash others is tried in a cell of its own first")
    func trial() {
        _ = play([
            (.prepared(isNew: true, needsTrial: true), .trial),
            (.tried, .start),
        ])
        _ = play([
            (.prepared(isNew: true, needsTrial: true), .trial),
            (.failed("SIGSEGV"), .end(.refused("SIGSEGV"))),
        ])
    }

    @Test("what runs already is left alone")
    func unchanged() {
        _ = play([(.prepared(isNew: false, needsTrial: true), .end(.unchanged))])
    }

    @Test("a failure is undone as far as it went, and says why")
    func failures() {
        _ = play([(.failed("no such file"), .end(.refused("no such file")))])
        _ = play([
            (.prepared(isNew: true, needsTrial: false), .start),
            (.failed("bad manifest"), .undo), (.undone, .end(.refused("bad manifest"))),
        ])
        _ = play([
            (.prepared(isNew: true, needsTrial: false), .start),
            (.started(old: true, new: true), .hold(until: moment(20).advanced(by: ReloadSequence.patience))),
            (.held(calls: 0), .handOver),
            (.failed("not imported"), .undo), (.undone, .end(.refused("not imported"))),
        ])
        _ = play([
            (.prepared(isNew: true, needsTrial: false), .start),
            (.started(old: false, new: false), .switchOver),
            (.failed("crashed"), .undo), (.undone, .end(.refused("crashed"))),
        ])
    }

    @Test("a plugin that is never quiet keeps its version rather than lose what a call changes")
    func busy() {
        var sequence = ReloadSequence(at: zero)
        _ = sequence.take(.prepared(isNew: true, needsTrial: false), at: zero)
        _ = sequence.take(.started(old: true, new: true), at: zero)
        let undo = sequence.take(.held(calls: 3), at: zero.advanced(by: ReloadSequence.patience))
        #expect(undo == .undo)
        guard case .end(.refused(let reason)) = sequence.take(.undone, at: zero) else {
            Issue.record("expected a refusal")
            return
        }
        #expect(reason.hasPrefix("it keeps state, and 3 call(s) of it still ran after 5.0 seconds"))
    }

    @Test("a host that stops undoes what was begun", arguments: [true, false])
    func cancelled(_ isStarted: Bool) {
        var lines: [Line] = [(.prepared(isNew: true, needsTrial: false), .start)]
        if isStarted { lines.append((.started(old: false, new: false), .switchOver)) }
        lines += [(.cancelled, .undo), (.undone, .end(.refused("the host is stopping")))]
        _ = play(lines)
        _ = play([(.cancelled, .end(.refused("the host is stopping")))])
    }

    @Test(
        "one reload runs, and all that were asked for meanwhile share the next, which does what the last one wants"
    )
    func requests() {
        // asked for, then what begins
        var requests = ReloadRequests<Int>()
        let begins = [requests.ask(1), requests.ask(2), requests.ask(3)]
        #expect(begins == [true, false, false])
        var next = [requests.ended()]
        let isBegun = requests.ask(4)
        #expect(!isBegun)
        next += [requests.ended(), requests.ended()]
        #expect(next == [3, 4, nil])
        let beginsAgain = requests.ask(5)
        #expect(beginsAgain)
    }
}
