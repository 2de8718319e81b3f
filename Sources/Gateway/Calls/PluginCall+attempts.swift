package import PluginRuntime

/// For policies that decide themselves what becomes of the plugin's answer: they send an attempt on in place of the call.
extension PluginCall {
    /// A call of the same client for the same thing, whose end is not yet the end of this one.
    ///
    /// Send it on with `next.handle(attempt)`, and end this call with ``finish(_:as:)`` when it has ended. `exchange`: whose
    /// call it is; nil: the same. One without a client lets the plugin work in the background.
    package func attempt(with request: PluginRequest, of exchange: Exchange? = nil) -> PluginCall {
        let attempt = PluginCall(
            request,
            to: plugin,
            tool: tool,
            arguments: arguments,
            of: exchange ?? self.exchange,
            trace: trace,
            // What goes on in the background outlives the span of the call.
            spans: exchange == nil ? spans : nil
        )
        // Whose time it is matters to whoever counts failures further on.
        let hasClientDeadline = exchange == nil && notes.hasClientDeadline
        attempt.annotate { $0.hasClientDeadline = hasClientDeadline }
        return attempt
    }

    /// Ends this call as an attempt ended, with what was noted about it on the way and the refusal, if it was one.
    package func finish(_ outcome: PluginOutcome, as attempt: PluginCall) {
        let notes = attempt.notes
        annotate { own in
            own.endedBy = notes.endedBy ?? own.endedBy
            own.queueWait = notes.queueWait ?? own.queueWait
            own.retries += notes.retries
        }
        if let refusal = attempt.refusal { refuse(refusal) } else { finish(outcome) }
    }
}
