import EventWaiting
import RoostJSON
import Testing

@testable import PluginRuntime

/// What a plugin that crashes means to its callers, to its neighbours and to whoever looks for the cause.
@Suite("A plugin that crashes", .timeLimit(.minutes(3)))
struct CrashTests {
    /// A way to crash: the tool, the reason that is told, and the function that must be on the stack.
    struct Crash: Sendable, Codable, CustomTestStringConvertible {
        var tool: String
        var reason: String
        var function: String

        var testDescription: String { "by \(tool)" }

        #if arch(x86_64)
        static let trap = "SIGILL"
        #else
        static let trap = "SIGTRAP"
        #endif

        static let all = [
            Crash(tool: "segv", reason: "SIGSEGV", function: "write_to_nowhere"),
            Crash(tool: "abort", reason: "SIGABRT", function: "give_up"),
            Crash(tool: "trap", reason: trap, function: "hit_a_trap"),
            Crash(tool: "overflow", reason: "SIGSEGV", function: "depth"),
            Crash(tool: "jump", reason: "SIGSEGV", function: "jump_to_nowhere"),
            Crash(tool: "thread", reason: "SIGSEGV", function: "fault_there"),
        ]
    }

    @Test("fails its own calls only, leaves a report, and nothing else behind", arguments: Crash.all)
    func crashes(_ crash: Crash) async throws {
        await #expect(processExitsWith: .success) { [crash] in
            try await Leftovers.expectNone {
                let host = await TestHost([
                    TestHost.specification("faults", "FixtureFaults", .cell),
                    TestHost.specification("echo", "Echo", .cell),
                ])
                let (faults, echo) = (host.runtime.plugins[0], host.runtime.plugins[1])
                let neighbour = echo.begin("sleep", ["seconds": 0.3])
                let failure = try await faults.begin(crash.tool, ["word": "hunter2"]).outcome().failure
                #expect(failure?.cause == .crashed)
                #expect(
                    failure?.message
                        == "plugin faults crashed (\(crash.reason)) during \(crash.tool); it is started again for the next call"
                )
                #expect(try await neighbour.outcome().text == "rested")
                #expect(try await faults.ask("answer").text == "here")

                let account = faults.account
                #expect(account.deaths == 1 && account.restarts == 1 && account.callsFailed == 1)
                #expect(account.lastCrash?.reason == crash.reason)
                let path = try #require(account.lastCrash?.report)
                #expect(host.log.elements.contains { $0.contains(path) })
                let report = try await CrashTests.report(at: path)
                #expect(report["signal"]?["name"]?.string == crash.reason)
                #expect(report["culprit"] == "faults")
                #expect(report["calls"]?.array?.count == 1)
                #expect(report["calls"]?[0]?["method"] == "tools/call")
                #expect(report["calls"]?[0]?["target"]?.string == crash.tool)
                #expect(report["calls"]?[0]?["arguments"] == ["word": "string (7 bytes)"])
                #expect(!report.text.contains("hunter2"))
                let functions =
                    report["faultingThread"]?["frames"]?.array?.compactMap { $0["symbol"]?.string } ?? []
                #expect(functions.contains(crash.function), "\(functions)")
                if crash.tool == "abort" {
                    #expect(report["output"]?.array?.contains("Fatal error: the last words") == true)
                }
                let text = String(decoding: try Files.read(path.dropLast(4) + "txt"), as: UTF8.self)
                #expect(text.contains(crash.function) && !text.contains("hunter2"))
                await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
            }
        }
    }

    @Test("from outside leaves a report without a stack")
    func killed() async throws {
        try await TestHost.run("FixtureFaults", .cell) { plugin, _ async throws in
            try await plugin.start()
            let call = plugin.begin("spin")
            let process = try #require(plugin.account.usage?.process)
            #expect(ProcessFacts.send(9, to: process))
            #expect(
                try await call.outcome().failure?.message.contains("crashed (SIGKILL) during spin") == true
            )
            let report = try await Self.report(at: try #require(plugin.account.lastCrash?.report))
            #expect(report["reason"] == "SIGKILL" && report["signal"] == nil)
        }
    }

    @Test("in a group takes the others along, and only it has to answer for it")
    func group() async throws {
        let host = await TestHost([
            TestHost.specification("faults", "FixtureFaults", .group, restarts: 0),
            TestHost.specification("echo", "Echo", .group, restarts: 0),
        ])
        let (faults, echo) = (host.runtime.plugins[0], host.runtime.plugins[1])
        try await faults.start()
        let mate = echo.begin("sleep", ["seconds": 600])
        try await until("the neighbour's call") { echo.account.callsInFlight == 1 }
        let failure = try await faults.ask("segv").failure
        #expect(
            failure?.message.hasPrefix(
                "plugin faults crashed (SIGSEGV) during segv and took along what shares its process: echo; it is in quarantine"
            ) == true,
            "\(String(describing: failure))"
        )
        #expect(
            try await mate.outcome().failure?.message
                == "plugin echo lost its process during sleep: plugin faults, which shares it, crashed (SIGSEGV); it is started again for the next call"
        )
        #expect(try await echo.ask("add", ["a": 1, "b": 2]).text == "3")
        #expect(echo.account.deaths == 0 && faults.account.state == .quarantined)
        let report = try await Self.report(at: try #require(echo.account.lastCrash?.report))
        #expect(report["culprit"] == "faults" && report["plugins"] == ["faults", "echo"])
        #expect(report["calls"]?.array?.count == 2)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("because it may have no more memory")
    func leaks() async throws {
        try await TestHost.run("FixtureFaults", .cell, set: { $0.memory = 2 << 30 }) {
            plugin,
            _ async throws in
            let failure = try #require(try await plugin.ask("leak").failure)
            #expect(failure.message.contains("crashed (SIGABRT) during leak"))
            #expect(try await plugin.ask("answer").text == "here")
        }
    }

    /// The report, once it is written.
    private static func report(at path: String) async throws -> JSONValue {
        // The text comes last.
        _ = try await poll(for: "the report \(path)") { try? Files.read(path.dropLast(4) + "txt") }
        return try JSONValue(parsing: Files.read(path))
    }
}
