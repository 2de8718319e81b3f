/// Whoever takes batches of spans away.
package protocol SpanExporter: Sendable {
    /// Sends a batch and tells once, on any thread, what became of it; never blocks.
    func export(_ spans: [Span], _ done: @escaping @Sendable (SpanExportOutcome) -> Void)
}

/// What became of a batch of spans.
package enum SpanExportOutcome: Sendable, Equatable {
    case accepted
    /// Not now: worth another try.
    case unreachable(String)
    /// Not ever.
    case refused(String)
}
