import Synchronization
import Testing

@testable import Redis

/// A pipeline with a clock that the test moves, and what its senders heard.
private struct Bench {
    final class Heard: Sendable {
        let lines = Mutex<[String]>([])
    }

    var pipeline: CommandPipeline
    let heard = Heard()
    let start = ContinuousClock.now
    var milliseconds = 0

    init(limit: Int = 10) { pipeline = CommandPipeline(limit: limit, patience: .milliseconds(1_000)) }

    var now: ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    /// Sends a command that waits 100 ms at most; its senders' answers are noted under `name`.
    mutating func send(_ name: String) -> CommandPipeline.Submission {
        pipeline.submit(
            .init(words: [.text(name)], deadline: now + .milliseconds(100)) { [heard] result in
                let text = (try? result.get()).map { "\($0.text ?? "?")" } ?? "failed"
                heard.lines.withLock { $0.append("\(name): \(text)") }
            }
        )
    }

    mutating func write() -> [String] {
        pipeline.takeQueued(now: now).map { words in
            if case .text(let name)? = words.first { name } else { "?" }
        }
    }

    mutating func reply(_ text: String) throws {
        try pipeline.received(now: now)?(.success(.status(text)))
    }

    mutating func expire() -> CommandPipeline.Expiry {
        let expiry = pipeline.expire(now: now)
        for answer in expiry.late { answer(.failure(RedisFailure(.timeout, "late"))) }
        return expiry
    }

    var lines: [String] { heard.lines.withLock { $0 } }
}

extension CommandPipeline.Submission {
    fileprivate var isWrite: Bool { if case .write = self { true } else { false } }
    fileprivate var isWait: Bool { if case .wait = self { true } else { false } }
    fileprivate var refusal: RedisFailure.Cause? {
        if case .refuse(let failure) = self { failure.cause } else { nil }
    }
}

@Suite("Commands on one connection to Redis")
struct CommandPipelineTests {
    @Test("what is asked in one turn is written at once, and replies come in that order")
    func order() throws {
        var bench = Bench()
        #expect(bench.send("a").isWrite == true)
        #expect(bench.send("b").isWait == true, "the writer is awake already")
        #expect(bench.write() == ["a", "b"])
        #expect(bench.send("c").isWrite == true)
        #expect(bench.write() == ["c"])
        for text in ["1", "2", "3"] { try bench.reply(text) }
        #expect(bench.lines == ["a: 1", "b: 2", "c: 3"])
        #expect(bench.pipeline.count == 0)
    }

    @Test("one more than the limit is refused, and a reply makes room")
    func full() throws {
        var bench = Bench(limit: 2)
        _ = bench.send("a")
        _ = bench.write()
        _ = bench.send("b")
        #expect(bench.send("c").refusal == .busy)
        try bench.reply("1")
        #expect(bench.send("d").isWait == true)
    }

    @Test("a late reply is dropped, and the next one reaches its own sender")
    func late() throws {
        var bench = Bench()
        // the senders                    Redis
        _ = bench.send("a")
        bench.milliseconds = 60
        _ = bench.send("b")
        _ = bench.write()
        bench.milliseconds = 100
        _ = bench.expire()
        #expect(bench.lines == ["a: failed"])
        #expect(bench.send("c").refusal == .timeout, "Redis is silent: nobody waits in vain")
        try bench.reply("1")  //       a's, late
        #expect(bench.send("d").isWrite == true)
        try bench.reply("2")  //       b's
        #expect(bench.lines == ["a: failed", "b: 2"])
    }

    @Test("a command that was never written leaves no gap among the replies")
    func unwritten() throws {
        var bench = Bench()
        _ = bench.send("a")
        bench.milliseconds = 100
        let expiry = bench.expire()
        #expect(expiry.late.count == 1 && !bench.pipeline.isSilent && expiry.arm == nil)
        _ = bench.send("b")
        #expect(bench.write() == ["b"])
        try bench.reply("1")
        #expect(bench.lines == ["a: failed", "b: 1"])
    }

    @Test("silence for longer than the patience gives the connection up, and everybody hears of it")
    func dead() {
        var bench = Bench()
        _ = bench.send("a")
        _ = bench.write()
        bench.milliseconds = 100
        #expect(bench.expire().arm == bench.start + .milliseconds(1_000))
        bench.milliseconds = 999
        #expect(bench.expire().isDead == false)
        bench.milliseconds = 1_000
        #expect(bench.expire().isDead == true)
        #expect(bench.pipeline.drain().isEmpty, "a was told before")
        #expect(!bench.pipeline.isSilent, "the next connection begins anew")
    }

    @Test("a reply to no command is no Redis")
    func unasked() {
        var bench = Bench()
        let failure = #expect(throws: RedisFailure.self) { try bench.reply("1") }
        #expect(failure?.cause == .disconnected)
    }

    @Test(
        "random interleavings: everyone hears exactly one answer, their own or a failure",
        arguments: 1...20
    )
    func random(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bench = Bench(limit: 8)
        var accepted = 0
        var onTheWire: [String] = []
        for number in 0..<2_000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: if bench.send("c\(number)").refusal == nil { accepted += 1 }
            case 4..<6: onTheWire += bench.write()
            case 6..<9: if !onTheWire.isEmpty { try bench.reply(onTheWire.removeFirst()) }
            default:
                bench.milliseconds += 40
                _ = bench.expire()
            }
        }
        for answer in bench.pipeline.drain() { answer(.failure(RedisFailure(.disconnected, "end"))) }
        let lines = bench.lines
        #expect(lines.count == accepted, "seed \(seed)")
        for line in lines {
            let parts = line.split(separator: ": ")
            #expect(parts[1] == "failed" || parts[0] == parts[1], "seed \(seed)")
        }
    }
}
