import Glibc
import RoostJSON
import Testing

@testable import PluginRuntime

/// What only a plugin in a process of its own can do, and what comes of it.
@Suite("A cell", .timeLimit(.minutes(10)))
struct CellTests {
    @Test(
        "that dies fails its calls with the cause, and is started again for the next call",
        arguments: [("crash", "SIGABRT"), ("segfault", "SIGSEGV"), ("leave", "exit code 7")]
    )
    func dies(_ vice: (tool: String, cause: String)) async throws {
        try await TestHost.run("FixtureVices", .cell) { plugin, _ async throws in
            let other = plugin.begin("never")
            let failure = try #require(try await plugin.ask(vice.tool).failure)
            #expect(failure.cause == .crashed)
            #expect(
                failure.message
                    == "plugin plugin crashed (\(vice.cause)) during \(vice.tool); it is started again for the next call"
            )
            #expect(try await other.outcome().failure?.cause == .crashed)
            #expect(try await plugin.ask("late").text == "at last")
        }
    }

    @Test("that dies lets the calls that waited for a place go on")
    func waitersSurvive() async throws {
        try await TestHost.run("FixtureVices", .cell, set: { $0.concurrency = 1 }) { plugin, _ async throws in
            try await plugin.start()
            let crash = plugin.begin("crash")
            let next = plugin.begin("late")
            #expect(try await crash.outcome().failure?.cause == .crashed)
            #expect(try await next.outcome().text == "at last")
        }
    }

    @Test("an answer sent before a crash still counts")
    func answerBeforeCrash() async throws {
        try await TestHost.run("FixtureVices", .cell) { plugin, _ async throws in
            try await plugin.start()
            let first = plugin.begin("print")
            let second = plugin.begin("crash")
            #expect(try await second.outcome().failure?.cause == .crashed)
            // Both may have stood in one batch that died with the cell; then both say so.
            let outcome = try await first.outcome()
            #expect(outcome.text == "printed" || outcome.failure?.cause == .crashed)
        }
    }

    @Test("takes no more memory and files than it may, and all it wants without limits")
    func limits() async throws {
        try await TestHost.run("FixtureVices", .cell, set: { ($0.memory, $0.openFiles) = (2 << 30, 64) }) {
            plugin,
            _ async throws in
            #expect(try await plugin.ask("grab_files").text == "refused")
            #expect(try await plugin.ask("grab_memory").text == "refused")
        }
        try await TestHost.run("FixtureVices", .cell) { plugin, _ async throws in
            #expect(try await plugin.ask("grab_files").text == "granted")
            #expect(try await plugin.ask("grab_memory").text == "granted")
        }
    }

    @Test("takes the plugins of its group along, and each starts again")
    func group() async throws {
        let host = await TestHost([
            TestHost.specification("vices", "FixtureVices", .group),
            TestHost.specification("echo", "Echo", .group),
            TestHost.specification("alone", "Echo", .cell),
        ])
        let (vices, echo, alone) = (host.runtime.plugins[0], host.runtime.plugins[1], host.runtime.plugins[2])
        let bystander = alone.begin("sleep", ["seconds": 0.3])
        let mate = echo.begin("sleep", ["seconds": 600])
        try await mate.events.wait { !$0.isEmpty }
        #expect(try await vices.ask("crash").failure?.plugin == "vices")
        #expect(try await mate.outcome().failure?.plugin == "echo")
        #expect(try await echo.ask("add", ["a": 1, "b": 2]).text == "3")
        #expect(try await vices.ask("late").text == "at last")
        #expect(try await bystander.outcome().text == "rested")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("prints into the host's log, not into its frames")
    func prints() async throws {
        try await TestHost.run("FixtureVices", .cell) { plugin, host async throws in
            #expect(try await plugin.ask("print").text == "printed")
            try await host.log.wait { $0.contains("info plugin: a stray line") }
        }
    }

    @Test("sees the environment it was promised and nothing else")
    func environment() async throws {
        setenv("VICE", "the host's own", 1)
        try await TestHost.run("FixtureVices", .cell) { plugin, _ async throws in
            let text = try await plugin.ask("environment").text
            #expect(text == "unset")
        }
        try await TestHost.run("FixtureVices", .cell, set: { $0.environment = ["VICE": "mine"] }) {
            plugin,
            _ async throws in
            let text = try await plugin.ask("environment").text
            #expect(text == "mine")
        }
    }

    @Test("that hangs in a call does not keep the caller beyond the deadline")
    func hangs() async throws {
        try await TestHost.run("FixtureVices", .cell) { plugin, _ async throws in
            try await plugin.start()
            let observer = plugin.begin("hang", deadline: .milliseconds(50))
            #expect(try await observer.outcome().failure?.cause == .deadline)
            #expect(try await plugin.ask("late").text == "at last")
        }
    }

    @Test("that dies in a plugin's start fails the waiting calls with the cause")
    func crashesInStart() async throws {
        try await TestHost.run("FixtureVices", .cell, set: { $0.config = ["vice": "crash_in_start"] }) {
            plugin,
            _ async throws in
            let failure = try #require(try await plugin.ask("late").failure)
            #expect(failure.cause == .unavailable)
            #expect(failure.message == "plugin plugin crashed (SIGABRT) while it was started or stopped")
        }
    }

    @Test("leaves no child and no descriptor behind")
    func leavesNothing() async throws {
        // In a process of its own, where nobody else opens and closes.
        await #expect(processExitsWith: .success) {
            // What the language's runtime opens for its timers stays open: let it, before counting.
            try await TestHost.run("Echo", .cell) { plugin, _ async throws in
                _ = try await plugin.ask("sleep", ["seconds": 0])
            }
            let count = ProcessFacts.descriptors
            for placement in TestHost.Placement.allCases {
                try await TestHost.run("FixtureVices", placement) { plugin, _ async throws in
                    let before = try await plugin.ask("late")
                    #expect(before.text == "at last")
                    if placement != .host {
                        let crash = try await plugin.ask("crash")
                        #expect(crash.failure?.cause == .crashed)
                    }
                    let after = try await plugin.ask("late")
                    #expect(after.text == "at last")
                }
            }
            #expect(ProcessFacts.children.isEmpty)
            // The library in this process stays, and with it the descriptor it was loaded by.
            #expect(await ProcessFacts.descriptorsFall(to: count + 1))
        }
    }

    @Test("whose executable is missing is named")
    func missingExecutable() async throws {
        let host = await TestHost(
            [TestHost.specification("echo", "Echo", .cell)],
            executable: "/nowhere/roost"
        )
        let failure = try #require(host.runtime.failures.first)
        #expect(
            failure.message
                == "the cell of echo could not be started: /nowhere/roost: No such file or directory"
        )
    }

    @Test("whose executable is no host is named")
    func wrongExecutable() async throws {
        let host = await TestHost([TestHost.specification("echo", "Echo", .cell)], executable: "/bin/true")
        let failure = try #require(host.runtime.failures.first)
        #expect(failure.message.contains("/bin/true ended (exit code 0) before it was ready"))
    }
}
