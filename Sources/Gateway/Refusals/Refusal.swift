package import MCP
import PluginRuntime
import RoostJSON

/// Why the host itself did not let a request through, in terms that every transport can express.
///
/// A policy refuses with ``PluginCall/refuse(_:)``. The client gets a JSON-RPC error in any case; HTTP adds a status and
/// header fields (HTTPRefusal), stdio has the sentence.
package struct Refusal: Error, Sendable, Hashable {
    /// What kind of refusal, for programs.
    package enum Reason: Sendable, Hashable {
        /// The caller asks more often than it may.
        case rateLimited
        /// Every place is taken; the caller did nothing wrong.
        case busy
        /// What is asked for is out of order for now.
        case unavailable
        /// The caller may not do this; it could with these scopes.
        case insufficientScope([String])
    }

    package var reason: Reason
    /// What was expected, what was found and what to do, as a sentence.
    package var message: String
    /// The plugin it is about, by alias; nil: none in particular.
    package var plugin: String?
    /// When another try makes sense; nil: waiting changes nothing, or nobody knows.
    package var retryAfter: Duration?
    /// The limits that were asked, the one that refused among them; empty where none was.
    package var quotas: [Quota]

    package init(
        _ reason: Reason,
        _ message: String,
        retryAfter: Duration? = nil,
        quotas: [Quota] = []
    ) {
        self.reason = reason
        self.message = message
        self.retryAfter = retryAfter
        self.quotas = quotas
    }
}

extension Refusal {
    /// The refusal as a JSON-RPC error: its code is the HTTP status that says the same.
    ///
    /// The code lies outside -32768…-32000, which belong to JSON-RPC and MCP. `data` holds `cause`, and where they are known
    /// `plugin`, `retryAfterMs` and `scopes`.
    package var error: RPCError {
        var data: JSONObject = ["cause": .string(reason.name)]
        if let plugin { data["plugin"] = .string(plugin) }
        if let retryAfter { data["retryAfterMs"] = .integer(retryAfter.wholeMilliseconds) }
        if case .insufficientScope(let scopes) = reason {
            data["scopes"] = .array(scopes.map { .string($0) })
        }
        return RPCError(reason.code, message, data: .object(data))
    }
}

extension PluginFailure {
    /// The refusal that says the same; nil where the failure is none.
    var refusal: Refusal? {
        let reason: Refusal.Reason
        switch cause {
        case .busy: reason = .busy
        case .unavailable where retryAfter != nil: reason = .unavailable
        default: return nil
        }
        var refusal = Refusal(reason, message, retryAfter: retryAfter)
        refusal.plugin = plugin
        return refusal
    }
}

extension Refusal.Reason {
    /// The word for it in error data, logs and metrics.
    package var name: String {
        switch self {
        case .rateLimited: "rate_limited"
        case .busy: "busy"
        case .unavailable: "unavailable"
        case .insufficientScope: "insufficient_scope"
        }
    }

    /// The code of its JSON-RPC error.
    package var code: RPCError.Code {
        switch self {
        case .rateLimited: .rateLimited
        case .busy, .unavailable: .unavailable
        case .insufficientScope: .forbidden
        }
    }
}

extension Duration {
    /// Milliseconds, rounded up: who waits that long has waited enough.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}

extension Refusal {
    /// The refusal of a caller that may not do something, with the scope that would let it.
    package static func missingScope(_ scope: Scope, to act: String, of alias: String) -> Refusal {
        var refusal = Refusal(
            .insufficientScope([scope.description]),
            "this caller may not \(act): it needs the scope \(scope); ask for a token or a key that has it"
        )
        refusal.plugin = alias
        return refusal
    }
}
