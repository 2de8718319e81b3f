import Gateway
import PluginRuntime
import Policies
import RoostJSON
import Synchronization
import Testing

/// Gives every call a deadline that has passed, as an author's hint of no time at all would.
private struct NoTime: Policy {
    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        call.request.deadline = .now
        next.handle(call)
    }
}

/// Remembers the deadline a call has when it gets here.
private final class DeadlineProbe: Policy {
    private let seen = Mutex<ContinuousClock.Instant?>(nil)

    var value: ContinuousClock.Instant? { seen.withLock { $0 } }

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        let deadline = call.request.deadline
        seen.withLock { $0 = deadline }
        next.handle(call)
    }
}

@Suite("Deadlines of calls")
struct CallDeadlineTests {
    @Test("a tool without a declared limit keeps the plugin's")
    func none() async throws {
        let probe = DeadlineProbe()
        let echo = try await EchoGateway([CallDeadline(), probe])
        _ = try await echo.call("add", ["a": 1, "b": 1])
        #expect(probe.value == nil)
        await echo.stop()
    }

    @Test("a call that passes its deadline fails and names the plugin and the cause")
    func passed() async throws {
        let echo = try await EchoGateway([NoTime()])
        let answer = try await echo.call("sleep", ["seconds": 20])
        #expect(answer["error"]?["data"] == ["plugin": "echo", "cause": "deadline"])
        await echo.stop()
    }
}

@Suite("Whose deadline counts")
struct LeastDeadlineTests {
    private func deadline(
        maximum: Duration? = nil,
        asked: JSONValue? = nil
    ) async throws -> Duration? {
        let start = ContinuousClock.now
        let probe = DeadlineProbe()
        let echo = try await EchoGateway([CallDeadline(maximum: maximum, now: { start }), probe])
        var meta: JSONObject = [:]
        meta[CallDeadline.metaKey] = asked
        _ = try await echo.call("add", ["a": 1, "b": 1], meta: .object(meta))
        await echo.stop()
        return probe.value.map { $0 - start }
    }

    @Test("the host's maximum holds for every call")
    func maximum() async throws {
        #expect(try await deadline(maximum: .seconds(7)) == .seconds(7))
    }

    @Test("a client may ask for less, not for more")
    func client() async throws {
        #expect(try await deadline(asked: 1500) == .milliseconds(1_500))
        #expect(try await deadline(maximum: .seconds(1), asked: 1500) == .seconds(1))
        #expect(try await deadline(maximum: .seconds(2), asked: 1500) == .milliseconds(1_500))
    }

    @Test("what is no time is not taken for one", arguments: [0, -5, "1500", 1.5, nil] as [JSONValue])
    func nonsense(_ asked: JSONValue) async throws {
        #expect(try await deadline(asked: asked) == nil)
    }
}
