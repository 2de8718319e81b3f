import RoostJSON
import Synchronization
import Testing

@testable import PluginRuntime

/// What every backend owes every plugin: one body, run with each plugin in each place.
@Suite("Backend contract", .timeLimit(.minutes(10)))
struct BackendContractTests {
    @Test("an answer reaches the caller with the plugin's own bytes", arguments: TestHost.Placement.allCases)
    func answer(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            let observer = RecordingObserver()
            let arguments = Array(#" { "te\u0078t" : "h\u00e9 \"}{\" \\, 😀\n" } "#.utf8)
            plugin.call(
                PluginRequest(method: "tools/call", target: "echo", arguments: arguments),
                observer: observer
            )
            guard case .complete(let document) = try await observer.outcome() else {
                Issue.record("the call did not complete")
                return
            }
            let expected = #"{"content":[{"type":"text","text":"h\u00e9 \"}{\" \\, 😀\n"}]}"#
            #expect(String(decoding: document.root.bytes, as: UTF8.self) == expected)
        }
    }

    @Test("arguments reach the plugin, and its results the caller", arguments: TestHost.Placement.allCases)
    func arguments(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            #expect(try await plugin.ask("add", ["a": 40, "b": 2]).text == "42")
            #expect(try await plugin.ask("add", ["a": .integer(.max), "b": .integer(.min)]).text == "-1")
            guard case .complete(let document) = try await plugin.ask("add", ["a": .integer(.max), "b": 1])
            else {
                Issue.record("an overflow did not complete")
                return
            }
            #expect(document.root["isError"]?.bool == true)
        }
    }

    @Test(
        "a request for something the plugin does not have is the plugin's own error",
        arguments: TestHost.Placement.allCases
    )
    func unknownTool(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            guard case .error(let document) = try await plugin.ask("nothing") else {
                Issue.record("expected the plugin's error")
                return
            }
            #expect(document.root["code"]?.integer == -32602)
        }
    }

    @Test(
        "calls made at once are each answered once, with their own answer",
        arguments: TestHost.Placement.allCases
    )
    func manyCalls(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement, set: { $0.queue = 1000 }) { plugin, _ async throws in
            let observers = (0..<500).map { plugin.begin("add", ["a": .integer($0), "b": 1000]) }
            for (index, observer) in observers.enumerated() {
                #expect(try await observer.outcome().text == "\(index + 1000)")
                #expect(observer.ends == 1)
            }
        }
    }

    @Test(
        "progress reaches the caller in rising order, and before the end",
        arguments: TestHost.Placement.allCases
    )
    func progress(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            let observer = plugin.begin("sleep", ["seconds": 0.25])
            #expect(try await observer.outcome().text == "rested")
            #expect(observer.progress.count >= 2)
            #expect(observer.progress == observer.progress.sorted())
            guard case .end = observer.events.elements.last else {
                Issue.record("something came after the end")
                return
            }
        }
    }

    @Test("a cancelled call ends at once, and the plugin gives it up", arguments: TestHost.Placement.allCases)
    func cancel(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            let observer = RecordingObserver()
            let token = plugin.call(.tool("sleep", ["seconds": 600]), observer: observer)
            try await observer.events.wait { !$0.isEmpty }
            plugin.cancel(token)
            // A report that is being told ends first; then the end comes, once.
            #expect(try await observer.outcome().isCancelled)
            #expect(observer.ends == 1)
            // Stopping waits for what the plugin still holds: it comes back early only because the plugin was asked to stop.
            let began = ContinuousClock.now
            await plugin.stop(by: .now.advanced(by: .seconds(20)))
            #expect(ContinuousClock.now - began < .seconds(10))
        }
    }

    @Test("a call may be cancelled from inside its own report", arguments: TestHost.Placement.allCases)
    func cancelInside(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            let token = Recorder<CallToken>()
            let observer = RecordingObserver(onReport: {
                for token in token.elements { plugin.cancel(token) }
            })
            token.append(plugin.call(.tool("sleep", ["seconds": 600]), observer: observer))
            #expect(try await observer.outcome().isCancelled)
            #expect(observer.ends == 1)
        }
    }

    @Test(
        "a call past its deadline fails, and the plugin is asked for an early end",
        arguments: TestHost.Placement.allCases
    )
    func deadline(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            try await plugin.start()
            let failure = try await plugin.begin("sleep", ["seconds": 600], deadline: .milliseconds(80))
                .outcome().failure
            #expect(failure?.cause == .deadline)
            #expect(
                failure?.message == "sleep of plugin plugin passed its deadline while the plugin worked on it"
            )
            #expect(try await plugin.ask("add", ["a": 1, "b": 1]).text == "2")
        }
    }

    @Test(
        "a full plugin lets calls wait, and refuses the one too many",
        arguments: TestHost.Placement.allCases
    )
    func busy(_ placement: TestHost.Placement) async throws {
        let limits: (inout PluginSpecification) -> Void = {
            $0.concurrency = 1
            $0.queue = 1
        }
        try await TestHost.run("Echo", placement, set: limits) { plugin, _ async throws in
            let first = RecordingObserver()
            let token = plugin.call(.tool("sleep", ["seconds": 600]), observer: first)
            try await first.events.wait { !$0.isEmpty }
            let second = plugin.begin("add", ["a": 1, "b": 2])
            let third = try await plugin.ask("add", ["a": 3, "b": 4])
            #expect(third.failure?.cause == .busy)
            #expect(second.ends == 0)
            plugin.cancel(token)
            #expect(try await second.outcome().text == "3")
        }
    }

    @Test("stopping lets open calls end and refuses new ones", arguments: TestHost.Placement.allCases)
    func drain(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            let observer = plugin.begin("sleep", ["seconds": 0.2])
            try await observer.events.wait { !$0.isEmpty }
            await plugin.stop(by: .now.advanced(by: .seconds(20)))
            #expect(try await observer.outcome().text == "rested")
            #expect(try await plugin.ask("add", ["a": 1, "b": 2]).failure?.cause == .stopping)
        }
    }

    @Test(
        "stopping ends what does not end by itself when its time is up",
        arguments: TestHost.Placement.allCases
    )
    func stopInTime(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            let observer = plugin.begin("sleep", ["seconds": 600])
            try await observer.events.wait { !$0.isEmpty }
            let began = ContinuousClock.now
            await plugin.stop(by: .now.advanced(by: .milliseconds(400)))
            #expect(ContinuousClock.now - began < .seconds(30))
            #expect(try await observer.outcome().failure?.cause == .stopping)
        }
    }

    @Test("a plugin starts with its first call and not before", arguments: TestHost.Placement.allCases)
    func lazy(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Echo", placement) { plugin, _ async throws in
            #expect(plugin.state.withLock { $0.backend } == nil)
            #expect(plugin.manifest.tools.map(\.name) == ["echo", "add", "sleep", "crash"])
            try await plugin.start()
            #expect(plugin.state.withLock { $0.backend } != nil)
        }
    }
}
