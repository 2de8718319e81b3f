import RoostJSON
import Testing

@testable import PluginRuntime

/// What the host makes of plugins that break the contract, wherever they run.
@Suite("A plugin with a vice", .timeLimit(.minutes(10)))
struct ViceTests {
    @Test(
        "that completes twice is heard once, and the second completion is logged",
        arguments: TestHost.Placement.allCases
    )
    func completesTwice(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            let observer = plugin.begin("complete_twice")
            #expect(try await observer.outcome().text == "once")
            try await host.log.wait {
                $0.contains { $0.contains("plugin plugin misbehaved: it completed call") }
            }
            #expect(observer.ends == 1)
        }
    }

    @Test(
        "that never completes fails at the deadline, and its call stays counted as abandoned",
        arguments: TestHost.Placement.allCases
    )
    func never(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement, abandons: 1) { plugin, host async throws in
            try await plugin.start()
            let observer = plugin.begin("never", deadline: .milliseconds(60))
            #expect(try await observer.outcome().failure?.cause == .deadline)
            try await host.log.wait { $0.contains { $0.contains("it still holds 1 that nobody waits for") } }
        }
    }

    @Test(
        "that breaks the form of answers fails the call with words for its author",
        arguments: TestHost.Placement.allCases,
        [("bad_json", "not JSON"), ("not_an_object", "array"), ("bad_status", "99")]
    )
    func badAnswer(_ placement: TestHost.Placement, _ vice: (tool: String, words: String)) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, _ async throws in
            let failure = try #require(try await plugin.ask(vice.tool).failure)
            #expect(failure.cause == .badAnswer)
            #expect(failure.message.contains("plugin plugin"))
            #expect(failure.message.contains(vice.words))
        }
    }

    @Test(
        "that completes long after a cancellation is not heard again",
        arguments: TestHost.Placement.allCases
    )
    func afterCancel(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            try await plugin.start()
            let observer = RecordingObserver()
            let token = plugin.call(.tool("after_cancel"), observer: observer)
            plugin.cancel(token)
            #expect(try await observer.outcome().isCancelled)
            await plugin.stop(by: .now.advanced(by: .seconds(20)))
            #expect(plugin.abandonedCalls == 0)
            #expect(observer.events.elements.count == 1)
            #expect(!host.log.elements.contains { $0.contains("misbehaved") })
        }
    }

    @Test("that logs what is not JSON is named in the log", arguments: TestHost.Placement.allCases)
    func logsText(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            #expect(try await plugin.ask("log_text").text == "logged")
            try await host.log.wait { $0.contains { $0.contains("logged data that is not JSON") } }
        }
    }

    @Test("that logs after the end reaches the operator only", arguments: TestHost.Placement.allCases)
    func logs(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            let observer = plugin.begin("log")
            #expect(try await observer.outcome().text == "no debug")
            try await host.log.wait { $0.contains { $0.contains("vices: too late") } }
            #expect(observer.lines.map(\.data.root.string) == ["a line"])
            #expect(observer.lines.first?.logger == "vices")
        }
    }

    @Test(
        "that a client asked for more log than the operator is told so",
        arguments: TestHost.Placement.allCases
    )
    func logLevel(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, _ async throws in
            let observer = RecordingObserver()
            var request = PluginRequest.tool("log")
            request.context = Array(#"{"logLevel":"debug"}"#.utf8)
            plugin.call(request, observer: observer)
            #expect(try await observer.outcome().text == "debug")
        }
    }

    @Test(
        "that reports falling progress is heard only where it rises",
        arguments: TestHost.Placement.allCases
    )
    func backwards(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, _ async throws in
            let observer = plugin.begin("backwards")
            #expect(try await observer.outcome().text == "done")
            #expect(observer.progress == [1, 3, 4])
        }
    }

    @Test("that answers with eight megabytes is heard in full", arguments: TestHost.Placement.allCases)
    func big(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, _ async throws in
            let text = try await plugin.ask("big").text
            #expect(text?.utf8.count == 8 << 20)
        }
    }

    @Test("that takes eight megabytes gets them in full", arguments: TestHost.Placement.allCases)
    func bigRequest(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            let text = String(repeating: "x", count: 8 << 20)
            let answer = try await plugin.ask("echo", ["text": .string(text)]).text
            #expect(answer?.utf8.count == 8 << 20)
        }
    }

    @Test(
        "that changes its manifest is asked again, and listeners hear which lists differ",
        arguments: TestHost.Placement.allCases
    )
    func changes(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            let listener = RecordingListener()
            host.runtime.observe(listener)
            #expect(try await plugin.ask("change").text == "changed")
            try await listener.changes.wait { !$0.isEmpty }
            #expect(listener.changes.elements == [[.tools]])
            #expect(plugin.manifest.tools.last?.name == "late_tool")
        }
    }

    @Test("that updates a resource is heard", arguments: TestHost.Placement.allCases)
    func updates(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, host async throws in
            let listener = RecordingListener()
            host.runtime.observe(listener)
            _ = try await plugin.ask("update")
            try await listener.updates.wait { $0 == ["vice://one"] }
        }
    }

    @Test("that needs answers says which", arguments: TestHost.Placement.allCases)
    func asks(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, _ async throws in
            guard case .inputRequired(let document) = try await plugin.ask("ask") else {
                Issue.record("expected a question")
                return
            }
            #expect(document.root["state"]?.string == "s")
        }
    }

    @Test("that closes the client's stream gets the client's answer", arguments: TestHost.Placement.allCases)
    func closes(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement) { plugin, _ async throws in
            let observer = plugin.begin("close")
            #expect(try await observer.outcome().text == "closed")
            guard case .close(let retry) = observer.events.elements.first else {
                Issue.record("the observer was not asked")
                return
            }
            #expect(retry == .milliseconds(5))
        }
    }

    @Test(
        "that fails its start fails the waiting calls, and is tried again",
        arguments: TestHost.Placement.allCases
    )
    func failsStart(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement, set: { $0.config = ["vice": "fail_start"] }) {
            plugin,
            _ async throws in
            for _ in 0..<2 {
                let failure = try #require(try await plugin.ask("late").failure)
                #expect(failure.cause == .unavailable)
                #expect(failure.message.contains("plugin plugin did not start (status 1)"))
            }
        }
    }

    @Test("that does not stop is given up when the time is up", arguments: TestHost.Placement.allCases)
    func slowStop(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureVices", placement, set: { $0.config = ["vice": "slow_stop"] }) {
            plugin,
            _ async throws in
            try await plugin.start()
            let began = ContinuousClock.now
            await plugin.stop(by: .now.advanced(by: .milliseconds(300)))
            #expect(ContinuousClock.now - began < .seconds(30))
        }
    }
}
