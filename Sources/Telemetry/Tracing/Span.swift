/// Something that took time, as a trace shows it.
package struct Span: Sendable {
    /// What part of a conversation the span is; raw values are OTLP's.
    package enum Kind: Int64, Sendable {
        case `internal` = 1
        /// A request that came from outside.
        case server = 2
        /// A request to somebody else.
        case client = 3
    }

    /// What an attribute says.
    package enum Attribute: Sendable, Hashable {
        case text(String)
        case integer(Int64)
        case flag(Bool)
    }

    package var name: String
    package var kind: Kind
    /// Its own place in the trace.
    package var context: TraceContext
    /// The span above; nil for the first of a trace.
    package var parent: UInt64?
    /// Nanoseconds of the Unix epoch.
    package var start: Int64
    /// Nanoseconds of the Unix epoch.
    package var end: Int64
    package var attributes: [(String, Attribute)] = []
    /// Why it failed; nil: it did not.
    package var failure: String?

    package init(
        _ name: String,
        _ kind: Kind,
        _ context: TraceContext,
        parent: UInt64?,
        start: Int64,
        end: Int64
    ) {
        self.name = name
        self.kind = kind
        self.context = context
        self.parent = parent
        self.start = start
        self.end = max(start, end)
    }
}
