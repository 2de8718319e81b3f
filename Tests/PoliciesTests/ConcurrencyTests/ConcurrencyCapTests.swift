import EventWaiting
import Gateway
import PluginRuntime
import Policies
import RoostJSON
import Synchronization
import Testing

/// Keeps calls until they are let go.
private final class Gate: Policy {
    private let held = Mutex<[PluginCall]>([])

    var count: Int { held.withLock { $0.count } }

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) { held.withLock { $0.append(call) } }

    func open() {
        let calls = held.withLock { held in
            defer { held = [] }
            return held
        }
        for call in calls { call.finish(.cancelled) }
    }
}

@Suite("Open calls of the whole host")
struct ConcurrencyCapTests {
    @Test("one more than the limit is refused at once, and an end makes room")
    func cap() async throws {
        let gate = Gate()
        let echo = try await EchoGateway([ConcurrencyCap(2), gate])
        async let first = echo.call("add", ["a": 1, "b": 1])
        async let second = echo.call("add", ["a": 1, "b": 1])
        try await until("two open calls") { gate.count >= 2 }
        let refused = try await echo.call("add", ["a": 1, "b": 1])
        #expect(refused["error"]?["code"] == 503)
        #expect(refused["error"]?["data"]?["cause"] == "busy")
        #expect(refused["error"]?["message"]?.string?.contains("limits.concurrency") == true)
        gate.open()
        _ = try await (first, second)
        async let third = echo.call("add", ["a": 1, "b": 1])
        try await until("the third call") { gate.count >= 1 }
        #expect(gate.count == 1)
        gate.open()
        _ = try await third
        await echo.stop()
    }
}
