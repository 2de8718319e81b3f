package import Gateway
import Logging
import MCP
import Metrics
import PluginRuntime
import RoostJSON
import Synchronization

/// Answers calls with what the plugin has said before, where the tool's author or the operator allows it.
///
/// Stands behind everything that decides whether a caller may call, and before everything that spares the plugin.
/// ``CacheMachine`` decides; this does it. See Documentation/Cache.md.
package final class AnswerCache: Policy {
    /// What a cache needs to know once.
    package struct Settings: Sendable {
        /// Bytes of memory for answers.
        ///
        /// Default 64 MiB.
        package var memory = 64 << 20
        /// What the operator says, by alias and the tool's own name.
        package var rules: [String: [String: CacheRule]] = [:]

        package init() {}
    }

    let tools: CachedTools
    let levels: CacheLevels?
    let state: Mutex<CacheMachine<JSONDocument, CacheCaller>>
    let now: @Sendable () -> ContinuousClock.Instant
    /// Runs an action later, on any thread.
    let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
    let logger: Logger

    init(
        _ settings: Settings,
        levels: CacheLevels? = nil,
        logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void,
        factory: any MetricsFactory
    ) {
        tools = CachedTools(settings.rules, factory: factory)
        self.levels = levels
        self.logger = logger
        self.now = now
        self.after = after
        var machine = CacheMachine<JSONDocument, CacheCaller>.Settings()
        machine.capacity = settings.memory
        machine.level = levels.map { $0.isShared ? .shared : .own } ?? .none
        state = Mutex(CacheMachine(machine))
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        guard let tool = call.tool, let cached = tools[tool] else { return next.handle(call) }
        guard let label = cached.label else { return write(call, cached, next) }
        guard Self.isFirstRound(call) else {
            cached.counters.count(.bypass)
            call.annotate { $0.cache = .bypass }
            return next.handle(call)
        }
        let question = CacheQuestion(call, cached, label)
        look(CacheCaller(call: call, next: next, tool: cached, question: question), label)
    }

    private func look(_ caller: CacheCaller, _ label: CacheLabel) {
        let now = now()
        let call = caller.call
        let lookup = state.withLock { machine in
            machine.lookup(
                caller.question.key,
                label,
                caller: caller,
                deadline: call.request.deadline ?? now.advanced(by: call.plugin.specification.deadline),
                now: now
            )
        }
        switch lookup {
        case .hit(let value, let remaining):
            caller.finish(value, remaining: remaining, .hitMemory)
        case .stale(let value, let refresh):
            caller.finish(value, remaining: .zero, .stale)
            if let refresh { go(refresh.flight, refresh.need, label, caller) }
        case .wait(let waiter, let moment):
            stopWaiting(waiter, caller)
            if let moment { arm(moment) }
        case .lead(let flight, let waiter, let need, let moment):
            if need != .call { stopWaiting(waiter, caller) }
            if let moment { arm(moment) }
            go(flight, need, label, caller)
        }
    }

    /// A call that goes on with answers to its tool's questions is another call each time.
    private static func isFirstRound(_ call: PluginCall) -> Bool {
        let request = call.request
        guard request.inputResponses.isEmpty, request.state.isEmpty else { return false }
        let params = call.exchange.request.params
        return params?["inputResponses"] == nil && params?["requestState"] == nil
    }

    // MARK: Callers that go

    private func stopWaiting(_ waiter: CacheFlight<CacheCaller>.WaiterID, _ caller: CacheCaller) {
        caller.call.exchange.whenCancelled { [self] in
            let left = state.withLock { $0.leave(waiter) }
            left?.call.finish(.cancelled)
        }
    }

    private func arm(_ moment: ContinuousClock.Instant) {
        after(max(.zero, moment - now())) { [self] in
            let (late, next) = state.withLock { $0.expire(now: now()) }
            if let next { arm(next) }
            for caller in late {
                let failure = PluginFailure(
                    .deadline,
                    plugin: caller.call.plugin.alias,
                    "\(caller.call.request.target) of plugin \(caller.call.plugin.alias) passed its deadline while it waited for an equal call's answer"
                )
                caller.call.finish(.failed(failure))
            }
        }
    }
}
