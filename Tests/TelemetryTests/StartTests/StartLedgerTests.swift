import RoostJSON
import Synchronization
import Telemetry
import Testing

@Suite("The ledger of the start")
struct StartLedgerTests {
    @Test("tells when each phase was done, in the order in which they were; the first time counts")
    func order() {
        let clock = Mutex<Int64>(0)
        let ledger = StartLedger { clock.withLock { $0 } }
        for (phase, milliseconds) in [
            (StartPhase.configured, 3), (.listening, 4), (.manifests, 90), (.listening, 200),
        ] {
            clock.withLock { $0 = Int64(milliseconds) * 1_000_000 }
            ledger.mark(phase)
        }
        #expect(ledger.phases.map(\.phase) == [.configured, .listening, .manifests])
        #expect(ledger.sentence == "configured 3.0 ms, listening 4.0 ms, manifests 90.0 ms")
        #expect(ledger.report["listening"] == .number(4) && ledger.report["ready"] == nil)
    }

    @Test("counts from the moment the kernel made this process") func process() {
        let ledger = StartLedger.ofThisProcess()
        ledger.mark(.configured)
        // This process has loaded the tests, which takes more than a clock tick, and less than a day.
        let elapsed = ledger.phases[0].nanoseconds
        #expect((10_000_000..<86_400_000_000_000).contains(elapsed))
    }
}
