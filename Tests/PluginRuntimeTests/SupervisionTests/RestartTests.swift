import EventWaiting
import Logging
import RoostJSON
import Testing

@testable import PluginRuntime

/// How plugins that died come back, or do not.
@Suite("Restarts", .timeLimit(.minutes(10)))
struct RestartTests {
    @Test("a plugin that crashes too often answers at once why, until an operator restarts it")
    func quarantine() async throws {
        try await TestHost.run("FixtureFaults", .cell, set: { $0.restart = .quick(1) }) {
            plugin,
            host async throws in
            #expect(
                try await plugin.ask("segv").failure?.message
                    == "plugin plugin crashed (SIGSEGV) during segv; it is started again for the next call"
            )
            let waiting = plugin.begin("abort")
            let last = try await waiting.outcome().failure
            #expect(last?.message.contains("crashed (SIGABRT) during abort; it is in quarantine") == true)
            let began = ContinuousClock.now
            let failure = try #require(try await plugin.ask("answer").failure)
            #expect(ContinuousClock.now - began < .seconds(10))
            #expect(failure.cause == .unavailable)
            #expect(
                failure.message
                    == """
                    plugin plugin is in quarantine after 2 crashes within 60.0 seconds (the last: SIGABRT). An operator can start it \
                    again with: roost restart plugin
                    """
            )
            #expect(plugin.account.state == .quarantined && plugin.account.lastCrash?.reason == "SIGABRT")
            #expect(plugin.manifest.tools.count == 12)
            #expect(host.log.elements.contains { $0.hasPrefix("error") && $0.contains("quarantine") })

            try await plugin.restart()
            #expect(plugin.account.state == .running)
            #expect(try await plugin.ask("answer").text == "here")
            // The whole budget is back.
            #expect(try await plugin.ask("segv").failure?.message.contains("started again") == true)
        }
    }

    @Test("calls that come during the pause wait for its end")
    func pause() async throws {
        var restart = RestartSettings.quick(5)
        restart.backoff = .milliseconds(400) ... .milliseconds(400)
        try await TestHost.run("FixtureFaults", .cell, set: { $0.restart = restart }) {
            plugin,
            _ async throws in
            _ = try await plugin.ask("segv")
            #expect(try await plugin.ask("answer").text == "here")
        }
    }

    @Test("a call whose deadline ends before the pause is told so at once")
    func pauseTooLong() async throws {
        var restart = RestartSettings.quick(5)
        restart.backoff = .seconds(100_000) ... .seconds(100_000)
        try await TestHost.run("FixtureFaults", .cell, set: { $0.restart = restart }) {
            plugin,
            _ async throws in
            _ = try await plugin.ask("segv")
            let failure = try #require(try await plugin.ask("answer").failure)
            #expect(failure.cause == .unavailable && failure.retryAfter != nil)
            #expect(failure.message.contains("crashed and is started again in"))
            #expect(failure.message.contains("after this call's deadline"))
            #expect(plugin.account.state == .pausing)
            // An operator need not wait.
            try await plugin.restart()
            #expect(try await plugin.ask("answer").text == "here")
        }
    }

    @Test("an eager plugin comes back without a call")
    func eager() async throws {
        try await TestHost.run(
            "FixtureFaults",
            .cell,
            set: {
                $0.start = .eager
                $0.restart = .quick(5)
            }
        ) { plugin, _ async throws in
            _ = try await plugin.ask("segv")
            try await until("the second start") {
                plugin.account.generation == 2 && plugin.account.state == .running
            }
            #expect(plugin.account.restarts == 1)
        }
    }

    @Test("a plugin that crashes in its start is given up after its budget")
    func crashInStart() async throws {
        try await TestHost.run(
            "FixtureFaults",
            .cell,
            set: {
                $0.config = ["vice": "crash_in_start"]
                $0.restart = .quick(2)
            }
        ) { plugin, _ async throws in
            for _ in 0..<3 {
                let failure = try await plugin.ask("answer").failure
                #expect(failure?.message == "plugin plugin crashed (SIGABRT) while it was started or stopped")
            }
            #expect(
                try await plugin.ask("answer").failure?.message.contains("in quarantine after 3 crashes")
                    == true
            )
            #expect(plugin.account.deaths == 3)
        }
    }

    @Test("calls wait for a plugin that is slow to start")
    func slowStart() async throws {
        try await TestHost.run("FixtureFaults", .cell, set: { $0.config = ["vice": "slow_start"] }) {
            plugin,
            _ async throws in
            let calls = (0..<3).map { _ in plugin.begin("answer") }
            for call in calls { #expect(try await call.outcome().text == "here") }
            #expect(plugin.account.queueWait.longest > 0.5)
        }
    }

    @Test("by an operator loses no call")
    func restart() async throws {
        try await TestHost.run("Echo", .cell) { plugin, _ async throws in
            try await plugin.start()
            let before = plugin.begin("sleep", ["seconds": 0.3])
            async let restarted: Void = plugin.restart()
            var during: [RecordingObserver] = []
            for _ in 0..<20 {
                during.append(plugin.begin("add", ["a": 1, "b": 2]))
                try await Task.sleep(for: .milliseconds(10))
            }
            try await restarted
            #expect(try await before.outcome().text == "rested")
            for call in during { #expect(try await call.outcome().text == "3") }
            #expect(plugin.account.generation == 2 && plugin.account.deaths == 0)
        }
    }

    @Test("follow the order of host.yaml, and stops its reverse")
    func order() async throws {
        let aliases = ["one", "two", "three"]
        let host = await TestHost(
            aliases.map { alias in
                var specification = TestHost.specification(alias, "Echo", .cell)
                specification.start = .eager
                return specification
            },
            level: .debug
        )
        func told(_ words: String) -> [String] {
            host.log.elements.compactMap { line in aliases.first { line == "debug plugin \($0) \(words)" } }
        }
        try await until("three starts") { told("runs").count == 3 }
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
        #expect(told("runs") == aliases)
        #expect(told("has stopped") == aliases.reversed())
    }
}

extension RestartSettings {
    /// So many deaths are forgiven, and nobody waits long.
    static func quick(_ max: Int) -> RestartSettings {
        var settings = RestartSettings()
        settings.max = max
        settings.backoff = .milliseconds(1) ... .milliseconds(1)
        return settings
    }
}
