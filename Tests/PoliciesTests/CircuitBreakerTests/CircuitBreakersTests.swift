import Gateway
import Logging
import PluginRuntime
import RoostJSON
import Synchronization
import Testing

@testable import Policies

/// A plugin that fails as long as it is told to.
private final class FailingPlugin: Policy {
    private let failure = Mutex<PluginFailure.Cause?>(nil)
    private let calls = Mutex(0)

    var cause: PluginFailure.Cause? {
        get { failure.withLock { $0 } }
        set { failure.withLock { $0 = newValue } }
    }
    var count: Int { calls.withLock { $0 } }

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        calls.withLock { $0 += 1 }
        guard let cause else { return next.handle(call) }
        call.finish(.failed(PluginFailure(cause, plugin: "echo", "it went wrong")))
    }
}

@Suite("Breakers in the chain")
struct CircuitBreakersTests {
    private let clock = ManualClock()
    private let plugin = FailingPlugin()

    private func breakers() -> CircuitBreakers {
        CircuitBreakers(
            ["echo": .init(failures: 2, within: .seconds(60), openFor: .seconds(5))],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { [clock] in clock.now }
        )
    }

    @Test("a failing plugin is left alone, its callers are told why and until when, and it comes back")
    func round() async throws {
        let breakers = breakers()
        let echo = try await EchoGateway([breakers, plugin])
        plugin.cause = .crashed
        for _ in 0..<2 { _ = try await echo.call("add", ["a": 1, "b": 2]) }
        #expect(breakers.standing(of: "echo") == .open)
        let refused = try await echo.call("add", ["a": 1, "b": 2])
        #expect(plugin.count == 2)
        #expect(refused["error"]?["code"] == 503)
        #expect(
            refused["error"]?["data"] == ["cause": "unavailable", "plugin": "echo", "retryAfterMs": 5000]
        )
        #expect(
            refused["error"]?["message"]
                == "plugin echo is out of service because its calls failed (last: it went wrong); it is tried again in 5 s"
        )
        plugin.cause = nil
        clock.advance(by: .seconds(5))
        #expect(try await echo.call("add", ["a": 1, "b": 2])["result"] != nil)
        #expect(breakers.standing(of: "echo") == .closed)
        await echo.stop()
    }

    @Test(
        "what is nobody's fault, or the caller's own, does not count",
        arguments: ["busy", "stopping", "refused"]
    )
    func innocent(_ cause: String) async throws {
        let breakers = breakers()
        let echo = try await EchoGateway([breakers, plugin])
        plugin.cause = PluginFailure.Cause(rawValue: cause)
        for _ in 0..<5 { _ = try await echo.call("add", ["a": 1, "b": 2]) }
        #expect(breakers.standing(of: "echo") == .closed)
        await echo.stop()
    }

    @Test("a deadline that the client made short says nothing about the plugin")
    func impatient() async throws {
        let breakers = breakers()
        let echo = try await EchoGateway([CallDeadline(), breakers])
        for _ in 0..<3 {
            let answer = try await echo.call(
                "sleep",
                ["seconds": 20],
                meta: .object([CallDeadline.metaKey: 20])
            )
            #expect(answer["error"]?["data"]?["cause"] == "deadline")
        }
        #expect(breakers.standing(of: "echo") == .closed)
        await echo.stop()
    }
}
