import Glibc
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import PluginRuntime

@Suite("A plugin that floods the log", .timeLimit(.minutes(10)))
struct LogGateTests {
    /// Three lines, and then none for as long as a test may take.
    private static let three = LogAllowance(count: 1, in: .seconds(86_400), burst: 3)

    /// How many dropped lines the log tells of.
    private static func dropped(_ log: [String]) -> Int {
        log.reduce(0) { sum, line in
            guard line.hasSuffix(" of its lines were dropped"), let colon = line.lastIndex(of: ":") else {
                return sum
            }
            return sum + (Int(line[colon...].dropFirst(2).prefix { $0 != " " }) ?? 0)
        }
    }

    @Test("is held back, and the operator is told by how much")
    func tells() async throws {
        let log = Recorder<String>()
        let gate = LogGate(
            "weather",
            Self.three,
            on: MultiThreadedEventLoopGroup.singleton.next(),
            logger: Logger(label: "test") { _ in LogRecorder(lines: log) }
        )
        let now = ContinuousClock.now
        #expect((0..<50).count { _ in gate.admits(10, at: now) } == 3)
        try await log.wait { Self.dropped($0) == 47 }
        let words = "warning weather writes more to its log than is let through: "
        #expect(log.elements.allSatisfy { $0.hasPrefix(words) })
        #expect(!gate.admits(10, at: now))
        try await log.wait { Self.dropped($0) == 48 }
    }

    @Test(
        "reaches neither the operator nor clients with what is too much",
        arguments: TestHost.Placement.allCases
    )
    func lines(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            try await plugin.start()
            plugin.lines.allowance.withLock { $0 = Self.three }
            var heard = 0
            for _ in 0..<5 {
                let observer = plugin.begin("log")
                #expect(try await observer.outcome().text == "no debug")
                heard += observer.lines.count
            }
            // Each call logs once before its end and once after it.
            try await host.log.wait { Self.dropped($0) == 7 }
            #expect(host.log.elements.count { $0.contains("vices: a line") } == heard)
            #expect(host.log.elements.count { $0.contains("vices: ") } == 3)
        }
    }

    @Test("with what breaks its contract is held back as well", arguments: TestHost.Placement.allCases)
    func misbehaviour(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            try await plugin.start()
            plugin.lines.allowance.withLock { $0 = Self.three }
            for _ in 0..<6 { _ = try await plugin.ask("complete_twice") }
            try await host.log.wait { Self.dropped($0) == 3 }
            #expect(host.log.elements.count { $0.contains("misbehaved") } == 3)
        }
    }

    @Test("cannot fill the log by printing")
    func printing() async throws {
        let log = Recorder<String>()
        let logger = Logger(label: "test") { _ in LogRecorder(lines: log) }
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let tail = LogTail()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let gate = LogGate("weather", Self.three, on: eventLoop, logger: logger)
        let channel = try await NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        CellLogHandler(name: "weather", logger: logger, tail: tail, gate: gate)
                    )
                }
            }
            .takingOwnershipOfDescriptor(input: ends[0])
            .get()
        // Few enough for the pipe itself: this blocks nobody.
        let text = Array((1...10).map { "line \($0)\n" }.joined().utf8)
        #expect(write(ends[1], text, text.count) == text.count)
        close(ends[1])
        try await channel.closeFuture.get()
        let printed = log.elements.filter { $0.hasPrefix("info") }
        #expect(printed == (1...3).map { "info weather: line \($0)" })
        #expect(tail.lines.count == 10, "a crash report has them all")
        try await log.wait { Self.dropped($0) == 7 }
    }
}
