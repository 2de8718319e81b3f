import Gateway
import PluginRuntime
import Policies
import RoostJSON
import Synchronization
import Telemetry
import Testing

/// Does with every call what the test says, and nothing else.
private struct Doing: Policy {
    let action: @Sendable (PluginCall, PolicyChain.Next) -> Void

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) { action(call, next) }
}

@Suite("Calls are counted and timed")
struct CallMetricsTests {
    private let registry = MetricsRegistry()
    private let clock = MovedClock()

    private var text: [String] {
        ExpositionWriter.text(registry.samples(), as: .prometheus).split(separator: "\n").map(String.init)
    }

    /// The value of a line; nil when there is none.
    private func value(_ series: String) -> Double? {
        text.first { $0.hasPrefix(series + " ") }.flatMap { Double($0.dropFirst(series.count + 1)) }
    }

    private func gateway(
        _ action: @escaping @Sendable (PluginCall, PolicyChain.Next) -> Void
    ) async throws
        -> EchoGateway
    {
        let metrics = CallMetrics(metrics: registry) { [clock] in clock.now }
        return try await EchoGateway([metrics, ArgumentValidation(), Doing(action: action)])
    }

    @Test("under the names of the original platform: by plugin and tool, and the time by plugin")
    func names() async throws {
        let echo = try await gateway { [clock] call, next in
            clock.move(by: .milliseconds(30))
            next.handle(call)
        }
        for _ in 0..<3 { _ = try await echo.call("add", ["a": 2, "b": 3]) }
        _ = try await echo.call("echo", ["text": "hi"])
        #expect(value(#"mcp_requests_total{server="echo",action="add"}"#) == 3)
        #expect(value(#"mcp_requests_total{server="echo",action="echo"}"#) == 1)
        #expect(value(#"mcp_request_duration_seconds_count{server="echo"}"#) == 4)
        #expect(value(#"mcp_request_duration_seconds_sum{server="echo"}"#) == 0.12)
        #expect(value(#"mcp_request_duration_seconds_bucket{server="echo",le="0.025"}"#) == 0)
        #expect(value(#"mcp_request_duration_seconds_bucket{server="echo",le="0.05"}"#) == 4)
        #expect(value(#"roost_call_outcomes_total{server="echo",outcome="ok"}"#) == 4)
        #expect(value(#"roost_call_request_bytes_total{server="echo"}"#) == 52)
        await echo.stop()
    }

    @Test("what policies noted: cache, queue, tries, and who ended the call")
    func notes() async throws {
        let echo = try await gateway { call, next in
            guard call.tool?.name == "add" else { return next.handle(call) }
            call.annotate { notes in
                notes.cache = .hitShared
                notes.queueWait = .milliseconds(7)
                notes.retries = 2
            }
            next.handle(call)
        }
        // The first call waits for the plugin's start.
        _ = try await echo.call("echo", ["text": "hi"])
        let startWait = value(#"roost_call_queue_wait_seconds_sum{server="echo"}"#) ?? 0
        #expect(startWait > 0)
        _ = try await echo.call("add", ["a": 2, "b": 3])
        _ = try await echo.call("add", ["a": 2])
        #expect(value(#"roost_call_cache_total{server="echo",result="hit_shared"}"#) == 1)
        let wait = (value(#"roost_call_queue_wait_seconds_sum{server="echo"}"#) ?? 0) - startWait
        #expect(abs(wait - 0.007) < 1e-6)
        #expect(value(#"roost_call_retries_total{server="echo"}"#) == 2)
        #expect(value(#"roost_call_refusals_total{server="echo",policy="validation"}"#) == 1)
        #expect(value(#"roost_call_outcomes_total{server="echo",outcome="tool_error"}"#) == 1)
        await echo.stop()
    }

    @Test("every way to end has its own count")
    func outcomes() async throws {
        let endings = Mutex<[@Sendable (PluginCall) -> Void]>([
            { $0.finish(.cancelled) },
            { $0.finish(.failed(PluginFailure(.crashed, plugin: "echo", "gone"))) },
            { $0.refuse(Refusal(.rateLimited, "too often")) },
            { call in
                guard let error = try? JSONDocument(parsing: #"{"code":1,"message":"no"}"#) else { return }
                call.finish(.error(error))
            },
        ])
        let echo = try await gateway { call, _ in
            let ending = endings.withLock { $0.removeFirst() }
            ending(call)
            // Whoever ends a call twice is not counted twice.
            call.finish(.cancelled)
        }
        for _ in 0..<4 { _ = try await echo.call("add", ["a": 2, "b": 3]) }
        for outcome in ["cancelled", "crashed", "refused", "error"] {
            #expect(value(#"roost_call_outcomes_total{server="echo",outcome="\#(outcome)"}"#) == 1)
        }
        #expect(value(#"roost_call_refusals_total{server="echo",policy="rate_limit"}"#) == 1)
        #expect(value("roost_metrics_conflicts_total") == nil)
        await echo.stop()
    }
}
