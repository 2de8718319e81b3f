import EventWaiting
import RoostJSON
import Testing

@testable import PluginRuntime

/// What becomes of plugins that do not come back, and of those that do not leave.
@Suite("A plugin that hangs", .timeLimit(.minutes(2)))
struct HangTests {
    @Test(
        "is replaced after the grace, and its stack tells where it stood",
        arguments: [("hang", "sleep_for_ever"), ("spin", "spin")]
    )
    func replaced(_ vice: (tool: String, function: String)) async throws {
        await #expect(processExitsWith: .success) {
            [tool = vice.tool as String, function = vice.function as String] in
            try await Leftovers.expectNone {
                try await TestHost.run("FixtureFaults", .cell, set: { $0.hangGrace = .milliseconds(200) }) {
                    plugin,
                    host async throws in
                    try await plugin.start()
                    let other = plugin.begin("spin")
                    let call = plugin.begin(tool, deadline: .milliseconds(100))
                    #expect(try await call.outcome().failure?.cause == .deadline)
                    let failure = try #require(try await other.outcome().failure)
                    #expect(failure.cause == .crashed)
                    #expect(
                        failure.message.hasPrefix(
                            "plugin plugin was ended (it hung in \(tool), which it had not given back 0.2 seconds after the deadline) during spin"
                        ),
                        "\(failure.message)"
                    )
                    #expect(try await plugin.ask("answer").text == "here")
                    try await host.log.wait { lines in
                        lines.contains {
                            $0.contains("plugin plugin hangs in \(tool)") && $0.contains(function)
                        }
                    }
                    #expect(plugin.account.deaths == 1)
                }
            }
        }
    }

    @Test("is left alone when it gives the call back within the grace")
    func comesBack() async throws {
        try await TestHost.run("FixtureVices", .cell, set: { $0.hangGrace = .seconds(15) }) {
            plugin,
            _ async throws in
            try await plugin.start()
            let call = plugin.begin("hang", deadline: .milliseconds(50))
            #expect(try await call.outcome().failure?.cause == .deadline)
            try await until("the call's return") { plugin.abandonedCalls == 0 }
            #expect(plugin.account.deaths == 0)
        }
    }

    @Test("in the host's process keeps its place, and says so")
    func stuck() async throws {
        try await TestHost.run(
            "FixtureVices",
            .host,
            abandons: 1,
            set: {
                $0.hangGrace = .milliseconds(100)
                $0.concurrency = 1
            }
        ) { plugin, host async throws in
            try await plugin.start()
            let call = plugin.begin("never", deadline: .milliseconds(50))
            #expect(try await call.outcome().failure?.cause == .deadline)
            try await until("the verdict") { plugin.account.state == .stuck }
            let failure = try #require(try await plugin.ask("late").failure)
            #expect(failure.cause == .unavailable)
            #expect(failure.message.contains("plugin plugin hangs in 1 calls, which is all it may work on"))
            #expect(
                host.log.elements.contains {
                    $0.contains("cannot be replaced because it runs in the host's process")
                }
            )
        }
    }

    @Test("when it is stopped, and ignores every polite signal, is killed by the deadline")
    func deaf() async throws {
        await #expect(processExitsWith: .success) {
            try await Leftovers.expectNone {
                let began = ContinuousClock.now
                try await TestHost.run("FixtureFaults", .cell, set: { $0.config = ["vice": "deaf"] }) {
                    plugin,
                    _ async throws in
                    try await plugin.start()
                    let process = try #require(plugin.account.usage?.process)
                    await plugin.stop(by: .now.advanced(by: .seconds(1)))
                    #expect(!ProcessFacts.send(0, to: process))
                }
                #expect(ContinuousClock.now - began < .seconds(60))
            }
        }
    }

    @Test("or crashes, or stops, takes the programs it has started along", arguments: [true, false])
    func children(_ crashes: Bool) async throws {
        var child: Int32 = 0
        try await TestHost.run("FixtureFaults", .cell, set: { $0.permissions.exec = true }) {
            plugin,
            _ async throws in
            let text = try #require(try await plugin.ask("child").text)
            child = try #require(Int32(text))
            #expect(child > 0 && ProcessFacts.send(0, to: child))
            if crashes { #expect(try await plugin.ask("segv").failure?.cause == .crashed) }
        }
        // Whoever adopts it has to bury it, which takes a moment.
        try await until("the child's end") { !ProcessFacts.isAlive(child) }
    }

    @Test("that chatters meanwhile costs its neighbours nothing but the log")
    func chatty() async throws {
        let host = await TestHost([
            TestHost.specification("faults", "FixtureFaults", .cell),
            TestHost.specification("echo", "Echo", .cell),
        ])
        let (faults, echo) = (host.runtime.plugins[0], host.runtime.plugins[1])
        let flood = faults.begin("chatty")
        for _ in 0..<50 { #expect(try await echo.ask("add", ["a": 1, "b": 2]).text == "3") }
        #expect(try await flood.outcome().text == "that was all")
        try await host.log.wait { lines in lines.contains { $0.contains("faults: 999 ") } }
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }
}
