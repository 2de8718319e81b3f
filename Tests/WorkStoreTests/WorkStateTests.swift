import Testing
import WorkStore

@Suite("The states of work")
struct WorkStateTests {
    @Test("What ended stays as it ended, but for another try of what did not end well")
    func final() {
        for state in WorkState.allCases where state.isFinal {
            let ways = WorkState.allCases.filter { state.mayBecome($0) }
            #expect(ways == ([.failed, .timedOut].contains(state) ? [.queued] : []))
        }
    }

    @Test("Nothing is completed that nobody began")
    func completion() {
        #expect(!WorkState.queued.mayBecome(.completed))
        #expect(WorkState.queued.mayBecome(.cancelled))
        #expect(WorkState.working.mayBecome(.completed))
    }

    @Test("A record begins, asks, goes on, ends, and begins again, with its times")
    func life() {
        var record = WorkRecord(id: "a", kind: .job, owner: "key:ci", request: [1], now: 100)
        #expect(record.state == .queued && record.attempts == 0 && record.started == nil)
        let lease = WorkLease(holder: "one", until: 500)
        let began = record.begin(lease, at: 110)
        #expect(began)
        #expect(record.attempts == 1 && record.started == 110 && record.lease == lease)
        let asked = record.ask(at: 120)
        #expect(asked)
        #expect(record.lease == nil)
        let beganAgain = record.begin(lease, at: 130)
        #expect(beganAgain)
        #expect(record.attempts == 1 && record.started == 110, "going on is no new try")
        let ended = record.end(.failed, .error([2]), at: 140)
        #expect(ended)
        #expect(record.finished == 140 && record.updated == 140 && record.lease == nil)
        let endedAgain = record.end(.completed, .result([3]), at: 150)
        #expect(!endedAgain, "an end is an end")
        #expect(record.outcome == .error([2]) && record.updated == 140)
        let queuedAgain = record.requeue(at: 160)
        #expect(queuedAgain)
        #expect(
            record.outcome == nil && record.queued == 160 && record.attempts == 1 && record.created == 100
        )
    }

    @Test("A record made with a lease is at work")
    func begun() {
        let lease = WorkLease(holder: "one", until: 500)
        let record = WorkRecord(id: "a", kind: .task, owner: nil, request: [], lease: lease, now: 100)
        #expect(record.state == .working && record.started == 100 && record.attempts == 1)
    }
}
