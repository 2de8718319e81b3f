package import Gateway
import PluginRuntime
import Synchronization

/// Makes calls to repeatable tools again when their plugin crashed under them, while deadline and budget allow it.
///
/// Stands behind the cache and before the breaker: every attempt counts there, and an open breaker ends the retries.
package final class RetryCrashed: Policy {
    /// How often and when a plugin's calls are made again.
    package struct Settings: Sendable, Hashable {
        /// Further attempts for one call.
        package var attempts: Int
        /// The pause before the first.
        package var pause: Duration
        /// Further attempts in relation to calls, 0 to 1.
        package var budget: Double

        package init(attempts: Int, pause: Duration, budget: Double) {
            self.attempts = attempts
            self.pause = pause
            self.budget = budget
        }
    }

    private final class Entry: Sendable {
        let plan: RetryPlan
        let budget: Mutex<RetryBudget>

        init(_ settings: Settings) {
            plan = RetryPlan(attempts: settings.attempts, pause: settings.pause)
            budget = Mutex(RetryBudget(share: settings.budget))
        }
    }

    private let entries: [String: Entry]
    private let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

    /// Asks each plugin in `settings`, by alias, again; others never.
    ///
    /// `after` runs an action later, on any thread.
    package init(
        _ settings: [String: Settings],
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    ) {
        entries = settings.filter { $0.value.attempts > 0 }.mapValues { Entry($0) }
        self.after = after
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        guard let tool = call.tool, tool.isRepeatable, let entry = entries[call.plugin.alias] else {
            return next.handle(call)
        }
        entry.budget.withLock { $0.deposit() }
        // All attempts share one deadline.
        if call.request.deadline == nil {
            call.request.deadline = .now + call.plugin.deadline(of: call.request)
        }
        attempt(1, call, next, entry)
    }

    private func attempt(_ number: Int, _ call: PluginCall, _ next: PolicyChain.Next, _ entry: Entry) {
        let attempt = call.attempt(with: call.request)
        attempt.whenFinished { [self, attempt] outcome in
            let pause = entry.plan.pause(
                after: outcome,
                done: number,
                hasReported: attempt.hasReported,
                deadline: call.request.deadline,
                now: .now,
                jitter: .random(in: 0...1)
            )
            guard let pause, !call.exchange.isOver, entry.budget.withLock({ $0.withdraw() }) else {
                return call.finish(outcome, as: attempt)
            }
            call.annotate { $0.retries += 1 }
            after(pause) {
                guard !call.exchange.isOver else { return call.finish(.cancelled) }
                self.attempt(number + 1, call, next, entry)
            }
        }
        next.handle(attempt)
    }
}
