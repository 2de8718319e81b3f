import Glibc
import Testing

@testable import RoostKit

@Suite("The threads of calls", .timeLimit(.minutes(10)))
struct ThreadPoolTests {
    @Test("can still handle the signal of a recursion that used their stack up")
    func overflow() async {
        await #expect(processExitsWith: .exitCode(42)) {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in _exit(42) }
            action.sa_flags = SA_ONSTACK
            sigaction(SIGSEGV, &action, nil)
            await Task(executorPreference: ThreadPool.shared) { _ = Self.depth(1) }.value
        }
    }

    /// Never comes back: every call needs the one below it.
    @inline(never)
    private static func depth(_ level: Int) -> Int { level > 0 ? 1 + depth(level + 1) : 0 }
}
