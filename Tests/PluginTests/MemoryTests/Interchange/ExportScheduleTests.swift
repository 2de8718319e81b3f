import MemoryServer
import Synchronization
import Testing

@Suite("When the export is written")
struct ExportScheduleTests {
    @Test("many changes make one write, a delay after the first")
    func gathered() {
        var schedule = ExportSchedule()
        #expect(schedule.changed() == .startTimer)
        #expect(schedule.changed() == .nothing)
        #expect(schedule.timerFired() == .write)
        #expect(schedule.written(true) == .nothing)
        #expect(schedule.stop() == .nothing)
    }

    @Test("a change during the write makes another write")
    func stale() {
        var schedule = ExportSchedule()
        _ = schedule.changed()
        _ = schedule.timerFired()
        #expect(schedule.changed() == .nothing)
        #expect(schedule.written(true) == .startTimer)
        #expect(schedule.timerFired() == .write)
    }

    @Test("the stop writes what the timer waits for, and the timer finds nothing left")
    func stop() {
        var schedule = ExportSchedule()
        _ = schedule.changed()
        #expect(schedule.stop() == .write)
        #expect(schedule.timerFired() == .nothing)
        #expect(schedule.written(true) == .nothing)
    }

    @Test("a failed write is tried again by the next change, and by the stop")
    func failed() {
        var schedule = ExportSchedule()
        _ = schedule.changed()
        _ = schedule.timerFired()
        #expect(schedule.written(false) == .nothing)
        #expect(schedule.stop() == .write)
        #expect(schedule.written(false) == .nothing)
        #expect(schedule.changed() == .startTimer)
    }

    @Test("a stop before the delay has passed leaves a file that is up to date")
    func delayedExport() throws {
        let directory = try TemporaryDirectory()
        let store = try MemoryStore.fixture(in: directory, [.ada])
        let reports = Mutex(0)
        let export = DelayedExport(
            GraphExport(of: store, to: directory.file("memory.jsonl")),
            delay: .seconds(3600)
        ) { result in
            #expect((try? result.get()) == .some(.none))
            reports.withLock { $0 += 1 }
        }
        export.changed()
        export.changed()
        export.stop()
        #expect(reports.withLock { $0 } == 1)
        #expect(directory.text(of: "memory.jsonl")?.contains("Ada") == true)
    }
}
