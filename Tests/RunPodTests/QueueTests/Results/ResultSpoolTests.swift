import Glibc
import Testing

@testable import RunPod

@Suite("What is written down of jobs and results")
struct ResultSpoolTests {
    private static func result(_ job: String, worker: String = "w1") -> SpooledResult {
        SpooledResult(job: job, worker: worker, body: Array("{\"output\":1}".utf8), isStream: false)
    }

    @Test("survives the process: what was taken, and what was not delivered")
    func survives() async throws {
        try await TestFolder.with { folder in
            let path = folder + "/queue/w1.sqlite"
            let first = try await ResultSpool(path: path)
            try await first.took(["a", "b", "c", "d"])
            try await first.finished(Self.result("b"))
            try await first.finished(Self.result("c"))
            try await first.delivered("c")
            try await first.forget("d")
            try await first.harden()
            await first.close()
            let second = try await ResultSpool(path: path)
            let remains = try await second.remains()
            #expect(remains.taken == ["a"])
            #expect(remains.results == [Self.result("b")])
            await second.close()
        }
    }

    @Test("a result that was refused for good stays to be looked at")
    func refused() async throws {
        try await TestFolder.with { folder in
            let spool = try await ResultSpool(path: folder + "/w1.sqlite")
            #expect(try await !spool.hasRefused())
            try await spool.finished(Self.result("a"))
            try await spool.refused("a", status: 404)
            #expect(try await spool.remains().results.isEmpty)
            #expect(try await spool.hasRefused())
            await spool.close()
        }
    }

    @Test("a damaged file is put aside and begun anew")
    func damaged() async throws {
        try await TestFolder.with { folder in
            let path = folder + "/w1.sqlite"
            let file = open(path, O_WRONLY | O_CREAT, 0o600)
            let rubbish = [UInt8](repeating: 7, count: 8_192)
            #expect(write(file, rubbish, rubbish.count) == rubbish.count)
            close(file)
            let spool = try await ResultSpool(path: path)
            #expect(try await spool.remains().results.isEmpty)
            await spool.close()
            #expect(TestFolder.read(path + ".damaged") == rubbish)
        }
    }

    /// ```
    /// w1: result b written down ── gone
    /// w2:                               the file is old ── takes b over ── removes it
    /// ```
    @Test("what a worker that is gone left behind is taken over, what a living one has is not")
    func adoption() async throws {
        try await TestFolder.with { folder in
            let gone = try await ResultSpool(path: folder + "/w1.sqlite")
            try await gone.finished(Self.result("b"))
            await gone.close()
            let living = try await ResultSpool(path: folder + "/w3.sqlite")
            try await living.finished(Self.result("c", worker: "w3"))
            let own = try await ResultSpool(path: folder + "/w2.sqlite")
            let careful = SpoolAdoption(own: own, folder: folder, age: .seconds(60))
            #expect(await careful.adopt().isEmpty)
            Self.makeOld(folder + "/w1.sqlite")
            #expect(await careful.adopt() == [Self.result("b")])
            #expect(TestFolder.read(folder + "/w1.sqlite") == nil)
            #expect(try await own.remains().results == [Self.result("b")])
            // Old, but in use.
            Self.makeOld(folder + "/w3.sqlite")
            #expect(await careful.adopt().isEmpty)
            #expect(try await living.remains().results.count == 1)
            await living.close()
            await own.close()
        }
    }

    private static func makeOld(_ path: String) {
        let time = timespec(tv_sec: 1_000_000, tv_nsec: 0)
        #expect(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
    }
}
