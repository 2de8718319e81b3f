import RoostJSON
import Testing

@testable import PluginRuntime

/// The contract once more with a plugin in Swift, whose calls run on threads of its own.
@Suite("Backend contract with a Swift plugin", .timeLimit(.minutes(10)))
struct SwiftPluginTests {
    @Test("an answer reaches the caller", arguments: TestHost.Placement.allCases)
    func answer(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Everything", placement) { plugin, _ async throws in
            #expect(plugin.manifest.tools.contains { $0.name == "test_simple_text" })
            #expect(try await plugin.ask("test_simple_text").text?.isEmpty == false)
        }
    }

    @Test("calls made at once are each answered once", arguments: TestHost.Placement.allCases)
    func manyCalls(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Everything", placement) { plugin, _ async throws in
            let observers = (0..<200).map { _ in plugin.begin("test_simple_text") }
            for observer in observers {
                #expect(try await observer.outcome().text?.isEmpty == false)
                #expect(observer.ends == 1)
            }
        }
    }

    @Test("progress and log lines come before the end", arguments: TestHost.Placement.allCases)
    func reports(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Everything", placement) { plugin, _ async throws in
            let progress = RecordingObserver()
            var request = PluginRequest.tool("test_tool_with_progress")
            request.wantsProgress = true
            request.context = Array(#"{"logLevel":"debug"}"#.utf8)
            plugin.call(request, observer: progress)
            _ = try await progress.outcome()
            #expect(progress.progress.count >= 2)
            #expect(progress.progress == progress.progress.sorted())
            let lines = RecordingObserver()
            request.target = "test_tool_with_logging"
            plugin.call(request, observer: lines)
            _ = try await lines.outcome()
            #expect(!lines.lines.isEmpty)
        }
    }

    @Test(
        "many changes of the manifest at once are read one after the other",
        arguments: TestHost.Placement.allCases
    )
    func manifestChanges(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("Everything", placement) { plugin, _ async throws in
            let observers = (0..<100).map { _ in plugin.begin("test_trigger_tool_change") }
            for observer in observers {
                #expect(try await observer.outcome().text?.isEmpty == false)
            }
            #expect(try await plugin.ask("test_simple_text").text?.isEmpty == false)
        }
    }
}
