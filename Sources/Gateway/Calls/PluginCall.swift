package import MCP
package import PluginRuntime
package import RoostJSON
import Synchronization
package import Telemetry

/// One round of a request at one plugin, from the first policy to the outcome.
///
/// Ends exactly once. Progress and log lines of the plugin go straight to the client of the exchange.
package final class PluginCall: Sendable {
    package let exchange: Exchange
    package let plugin: PluginHandle
    /// The tool that is called; nil for anything but tools/call.
    package let tool: CatalogTool?
    /// The arguments as they came; nil when there are none.
    package let arguments: JSONView?
    /// The trace the call belongs to, to be passed on with whatever is done for it; nil: it belongs to none.
    package let trace: TraceContext?
    let spans: CallTrace?

    private let state: Mutex<State>

    private struct State {
        var request: PluginRequest
        var hooks: [@Sendable (PluginOutcome) -> Void] = []
        var isFinished = false
        var refusal: Refusal?
        var notes = CallNotes()
        var cacheHint: ModernResult.CacheHint?
        /// When the policies let it through.
        var submitted: ContinuousClock.Instant?
        var lastProgress = -Double.infinity
        /// True once the client saw something of the work.
        var hasReported = false
    }

    package init(
        _ request: PluginRequest,
        to plugin: PluginHandle,
        tool: CatalogTool? = nil,
        arguments: JSONView? = nil,
        of exchange: Exchange,
        trace: TraceContext? = nil,
        spans: CallTrace? = nil
    ) {
        self.exchange = exchange
        self.plugin = plugin
        self.tool = tool
        self.arguments = arguments
        self.trace = trace
        self.spans = spans
        state = Mutex(State(request: request))
    }

    /// What will cross the boundary.
    ///
    /// Policies may change it until the plugin has it.
    package var request: PluginRequest {
        get { state.withLock { $0.request } }
        set { state.withLock { $0.request = newValue } }
    }

    /// Gives the call this deadline; setting it in ``request`` would copy the whole request twice.
    package func setDeadline(_ deadline: ContinuousClock.Instant) {
        state.withLock { $0.request.deadline = deadline }
    }

    /// Gives the call this much time in place of its plugin's own limit.
    package func setLimit(_ limit: Duration) { state.withLock { $0.request.limit = limit } }

    /// What policies noted about the call so far.
    package var notes: CallNotes { state.withLock { $0.notes } }

    /// Notes something for metrics, spans and the access log: `call.annotate { $0.cache = .miss }`.
    package func annotate(_ note: (inout CallNotes) -> Void) { state.withLock { note(&$0.notes) } }

    /// How long and for whom the client may keep the result; nil: nothing is said about it.
    package var cacheHint: ModernResult.CacheHint? {
        get { state.withLock { $0.cacheHint } }
        set { state.withLock { $0.cacheHint = newValue } }
    }

    /// Runs `hook` with the outcome, once, when the call has ended.
    ///
    /// Hooks run in reverse order, as the policies unwind.
    package func whenFinished(_ hook: @escaping @Sendable (PluginOutcome) -> Void) {
        state.withLock { $0.hooks.append(hook) }
    }

    /// Ends the call.
    ///
    /// A second outcome is ignored: a cancelled call may still hear from its plugin.
    package func finish(_ outcome: PluginOutcome) {
        let hooks: [@Sendable (PluginOutcome) -> Void]? = state.withLock { state in
            guard !state.isFinished else { return nil }
            state.isFinished = true
            defer { state.hooks = [] }
            return state.hooks
        }
        for hook in (hooks ?? []).reversed() { hook(outcome) }
    }

    /// Ends the call because a policy does not let it through.
    ///
    /// Hooks hear of a failure whose cause is ``PluginFailure/Cause/refused``, and find the refusal in ``refusal``.
    package func refuse(_ refusal: Refusal) {
        var refusal = refusal
        refusal.plugin = refusal.plugin ?? plugin.alias
        state.withLock { [refusal] state in if !state.isFinished { state.refusal = refusal } }
        finish(.failed(PluginFailure(.refused, plugin: plugin.alias, refusal.message)))
    }

    /// Why a policy ended the call; nil when none did.
    package var refusal: Refusal? { state.withLock { $0.refusal } }

    /// True once the client saw something of the work: progress, a log line, its stream closed.
    package var hasReported: Bool { state.withLock { $0.hasReported } }

    /// Hands the call to its plugin.
    func start() {
        let now = ContinuousClock.now
        let request = state.withLock { state in
            state.submitted = now
            return state.request
        }
        spans?.submitted()
        let token = plugin.call(request, observer: self)
        guard !state.withLock({ $0.isFinished }) else { return }
        exchange.whenCancelled { [plugin] in plugin.cancel(token) }
    }
}

extension PluginCall: PluginCallObserver {
    package func pluginBegan() {
        let now = ContinuousClock.now
        state.withLock { state in state.notes.queueWait = state.submitted.map { now - $0 } }
        spans?.begun()
    }

    package func pluginReported(progress: Double, total: Double?, message: String?) {
        guard let token = exchange.progressToken else { return }
        let rises = state.withLock { state in
            guard progress > state.lastProgress else { return false }
            state.lastProgress = progress
            state.hasReported = true
            return true
        }
        guard rises else { return }
        var writer = JSONWriter()
        writer.object { object in
            object.member("progressToken", raw: token.bytes)
            object.member("progress", .number(progress))
            if let total { object.member("total", .number(total)) }
            if let message { object.member("message", string: message) }
        }
        exchange.notify("notifications/progress", params: writer.bytes)
    }

    package func pluginLogged(_ line: PluginLogLine) {
        let wanted = exchange.client.session?.logLevel ?? exchange.client.logLevel
        guard let wanted, let threshold = PluginLogLevel(name: wanted), line.level >= threshold else {
            return
        }
        state.withLock { $0.hasReported = true }
        var writer = JSONWriter()
        writer.object { object in
            object.member("level", string: line.level.name)
            object.member("logger", string: line.logger ?? plugin.alias)
            object.member("data", raw: line.data.root.bytes)
        }
        exchange.notify("notifications/message", params: writer.bytes)
    }

    package func pluginWantsStreamClosed(retry: Duration) -> Bool {
        state.withLock { $0.hasReported = true }
        return exchange.closeStream(retry: retry)
    }

    package func pluginFinished(_ outcome: PluginOutcome) { finish(outcome) }
}
