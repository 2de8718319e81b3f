import Testing

@testable import MemoryServer

@Suite("Lease of a volume")
struct LeaseStateTests {
    private let a = LeaseState(machine: "a", host: "alpha")
    private let b = LeaseState(machine: "b", host: "beta")

    @Test("who comes first writes; another machine reads only until the lease runs out")
    func takeOver() {
        // machine a                         machine b
        guard case .write(let taken) = a.decide(nil, now: 0) else {
            Issue.record("nobody's lease was refused")
            return
        }
        #expect(b.decide(taken, now: 5_000) == .readOnly(owner: "alpha"))
        guard case .write(let renewed) = a.decide(taken, now: 15_000) else {
            Issue.record("the owner was refused")
            return
        }
        #expect(b.decide(renewed, now: 34_999) == .readOnly(owner: "alpha"))
        // (a is gone)
        guard case .write(let other) = b.decide(renewed, now: 35_000) else {
            Issue.record("a lease that ran out was kept")
            return
        }
        // (a wakes up)
        #expect(a.decide(other, now: 36_000) == .readOnly(owner: "beta"))
    }

    @Test("processes of one machine share the lease")
    func sameMachine() {
        let record = LeaseState.Record(machine: "a", host: "alpha", renewedAt: 0)
        guard case .write = LeaseState(machine: "a", host: "x").decide(record, now: 1) else {
            Issue.record("refused")
            return
        }
    }

    @Test("a clock that is far ahead does not hold the volume for ever")
    func clocks() {
        let record = LeaseState.Record(machine: "a", host: "alpha", renewedAt: 9_000_000_000)
        guard case .write = b.decide(record, now: 1_000) else {
            Issue.record("refused")
            return
        }
    }
}
