import RoostJSON

/// The calls a plugin instance has right now, as the side that holds the instance sees them.
///
/// In the host and in a cell alike it answers what must be answered at once: whether a call is still open, whether it was
/// cancelled, whether a report rises.
struct OpenCalls: Sendable {
    private struct Entry {
        var block: RequestBlock
        var deadline: UInt64
        var isCancelled = false
        var progress = -Double.infinity
        var context: [UInt8]
        /// What the client asked to hear.
        ///
        /// Nil: not looked up yet; `.some(nil)`: nothing.
        var logLevel: PluginLogLevel??
    }

    private var entries: [CallToken: Entry] = [:]

    var count: Int { entries.count }

    mutating func insert(_ token: CallToken, _ block: RequestBlock, deadline: UInt64, context: [UInt8]) {
        entries[token] = Entry(block: block, deadline: deadline, context: context)
    }

    /// Ends a call: its memory, to be freed by the caller, or nil when it has ended already or never was.
    mutating func remove(_ token: CallToken) -> RequestBlock? { entries.removeValue(forKey: token)?.block }

    /// Marks a call as cancelled; false when it has ended.
    mutating func cancel(_ token: CallToken) -> Bool {
        guard entries[token] != nil else { return false }
        entries[token]?.isCancelled = true
        return true
    }

    /// True once the call was cancelled, has passed its deadline, or has ended.
    ///
    /// `now` is asked for only when it matters.
    func isCancelled(_ token: CallToken, now: () -> UInt64) -> Bool {
        guard let entry = entries[token] else { return true }
        return entry.isCancelled || (entry.deadline != 0 && entry.deadline <= now())
    }

    /// What a report means.
    enum Report: Sendable {
        case rises
        case dropped
        case unknown
    }

    mutating func report(_ token: CallToken, _ progress: Double) -> Report {
        guard let last = entries[token]?.progress else { return .unknown }
        guard progress > last, progress.isFinite else { return .dropped }
        entries[token]?.progress = progress
        return .rises
    }

    /// The least severe level the call's client asked for, or nil when it asked for none.
    mutating func logLevel(_ token: CallToken) -> PluginLogLevel? {
        guard let entry = entries[token] else { return nil }
        if let known = entry.logLevel { return known }
        let context = try? JSONDocument(parsing: entry.context)
        let level = context?.root["logLevel"]?.string.flatMap(PluginLogLevel.init(name:))
        entries[token]?.logLevel = .some(level)
        return level
    }

    /// What an HTTP request takes from its call.
    struct HTTPFacts: Sendable {
        /// Until the call's deadline; nil: it has none.
        var left: Duration?
        /// The trace the client's request belongs to, as https://www.w3.org/TR/trace-context/ writes it.
        var trace: String?
        var traceState: String?
    }

    /// Nil when the call has ended, or was cancelled.
    func httpFacts(of token: CallToken, now: UInt64) -> HTTPFacts? {
        guard let entry = entries[token], !entry.isCancelled else { return nil }
        var facts = HTTPFacts()
        if entry.deadline != 0 {
            facts.left = .nanoseconds(entry.deadline > now ? Int64(clamping: entry.deadline - now) : 0)
        }
        // Parsed for each request: a network away from here, nobody notices.
        let meta = (try? JSONDocument(parsing: entry.context))?.root["meta"]
        facts.trace = meta?["traceparent"]?.string
        facts.traceState = meta?["tracestate"]?.string
        return facts
    }
}
