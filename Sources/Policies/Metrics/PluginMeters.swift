import CoreMetrics
import Gateway
import PluginRuntime
import RoostJSON
import Synchronization

/// The handles of one plugin.
final class PluginMeters: Sendable {
    /// How a call can end, as metrics name it: the causes of failures beside what is no failure of the host.
    private enum Ending: String, CaseIterable {
        case ok
        case toolError = "tool_error"
        case error
        case inputRequired = "input_required"
        case cancelled
    }

    let requestBytes: Counter
    private let alias: String
    private let metrics: any MetricsFactory
    private let duration: CoreMetrics.Timer
    private let queueWait: CoreMetrics.Timer
    private let responseBytes: Counter
    private let retries: Counter
    private let endings: [Ending: Counter]
    private let failures: [PluginFailure.Cause: Counter]
    private let cache: [CallNotes.Cache: Counter]
    private let endedBy: [CallNotes.PolicyName: Counter]
    /// By method; tools keep theirs themselves.
    private let actions = Mutex<[String: ActionMeters]>([:])

    init(_ alias: String, _ metrics: any MetricsFactory) {
        self.alias = alias
        self.metrics = metrics
        let server = [("server", alias)]
        func counter(_ label: String, _ dimension: (String, String)? = nil) -> Counter {
            Counter(label: label, dimensions: server + (dimension.map { [$0] } ?? []), factory: metrics)
        }
        duration = Timer(label: "mcp_request_duration_seconds", dimensions: server, factory: metrics)
        queueWait = Timer(label: "roost_call_queue_wait_seconds", dimensions: server, factory: metrics)
        requestBytes = counter("roost_call_request_bytes_total")
        responseBytes = counter("roost_call_response_bytes_total")
        retries = counter("roost_call_retries_total")
        func each<Key: CaseIterable & Hashable & RawRepresentable>(
            _ label: String,
            _ name: String
        ) -> [Key: Counter]
        where Key.RawValue == String {
            Dictionary(uniqueKeysWithValues: Key.allCases.map { ($0, counter(label, (name, $0.rawValue))) })
        }
        endings = each("roost_call_outcomes_total", "outcome")
        failures = each("roost_call_outcomes_total", "outcome")
        cache = each("roost_call_cache_total", "result")
        endedBy = each("roost_call_refusals_total", "policy")
    }

    /// The handles for a tool's own name or a method.
    func action(_ name: String) -> ActionMeters {
        actions.withLock { actions in
            if let known = actions[name] { return known }
            let requests = Counter(
                label: "mcp_requests_total",
                dimensions: [("server", alias), ("action", name)],
                factory: metrics
            )
            let made = ActionMeters(self, requests)
            actions[name] = made
            return made
        }
    }

    /// A call ended.
    func finished(_ outcome: PluginOutcome, _ notes: CallNotes, _ refusal: Refusal?, took: Duration) {
        duration.recordNanoseconds(took.wholeNanoseconds)
        if let wait = notes.queueWait { queueWait.recordNanoseconds(wait.wholeNanoseconds) }
        if let result = notes.cache { cache[result]?.increment() }
        if let policy = notes.endedBy ?? refusal.flatMap({ Self.policy($0) }) { endedBy[policy]?.increment() }
        if notes.retries > 0 { retries.increment(by: Int64(notes.retries)) }
        switch outcome {
        case .complete(let document):
            responseBytes.increment(by: Int64(document.root.bytes.count))
            endings[document.root["isError"]?.bool == true ? .toolError : .ok]?.increment()
        case .inputRequired(let document):
            responseBytes.increment(by: Int64(document.root.bytes.count))
            endings[.inputRequired]?.increment()
        case .error(let document):
            responseBytes.increment(by: Int64(document.root.bytes.count))
            endings[.error]?.increment()
        case .cancelled: endings[.cancelled]?.increment()
        case .failed(let failure): failures[failure.cause]?.increment()
        }
    }

    /// The policy behind a refusal that no policy put its name to.
    private static func policy(_ refusal: Refusal) -> CallNotes.PolicyName? {
        switch refusal.reason {
        case .rateLimited: .rateLimit
        case .insufficientScope: .authorization
        case .busy, .unavailable: nil
        }
    }
}
