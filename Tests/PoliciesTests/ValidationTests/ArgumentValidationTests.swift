import Gateway
import Policies
import RoostJSON
import Synchronization
import Testing

/// Counts the calls that get past the policies before it.
private final class Counter: Policy {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        count.withLock { $0 += 1 }
        next.handle(call)
    }
}

@Suite("Arguments are checked before a plugin sees them")
struct ArgumentValidationTests {
    @Test("a right call goes on, a wrong one is answered with path and rule and goes nowhere")
    func validate() async throws {
        let counter = Counter()
        let echo = try await EchoGateway([ArgumentValidation(), counter])
        let right = try await echo.call("add", ["a": 2, "b": 3])
        #expect(right["result"]?["structuredContent"] == ["sum": 5])
        #expect(counter.value == 1)

        let wrong = try await echo.call("add", ["a": 2, "b": "three", "c": 1])
        #expect(wrong["result"]?["isError"] == true)
        let text = wrong["result"]?["content"]?[0]?["text"]?.string ?? ""
        #expect(text.contains("/b") && text.contains("integer"))
        #expect(counter.value == 1)
        await echo.stop()
    }
}
