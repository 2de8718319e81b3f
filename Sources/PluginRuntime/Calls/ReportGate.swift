/// Holds the end of a call back while a report about it is being delivered on another thread.
///
/// So that nothing ever comes after the end, without a lock around the observer.
struct ReportGate: Sendable {
    private struct Passage {
        var count = 0
        var ending: CallLedger.Delivery?
    }

    private var passages: [CallToken: Passage] = [:]

    /// A report about the call is about to be delivered.
    mutating func begin(_ token: CallToken) { passages[token, default: Passage()].count += 1 }

    /// A report was delivered.
    ///
    /// The last one gives the end that had to wait for it.
    mutating func finish(_ token: CallToken) -> CallLedger.Delivery? {
        guard var passage = passages[token] else { return nil }
        passage.count -= 1
        passages[token] = passage.count > 0 ? passage : nil
        return passage.count > 0 ? nil : passage.ending
    }

    /// The call ends: gives the delivery back, or keeps it until the reports under way are through.
    mutating func end(_ token: CallToken, _ delivery: CallLedger.Delivery) -> CallLedger.Delivery? {
        guard !passages.isEmpty, var passage = passages[token] else { return delivery }
        passage.ending = delivery
        passages[token] = passage
        return nil
    }
}
