/// How often callers may call, on the whole host.
package struct RateLimitConfiguration: Sendable, Hashable {
    /// What holds while Redis cannot be asked.
    package enum Outage: String, Sendable, Hashable, CaseIterable {
        /// Every call is let through.
        case open
        /// Every call that a rule applies to is refused.
        case closed
        /// Each host counts for itself.
        case local
    }

    /// Default: each host counts for itself.
    package var onOutage = Outage.local
    /// Callers and tools that are counted in memory at once, 1,024 to 10,000,000; the least used go first.
    ///
    /// Default 65,536.
    package var buckets = 65_536
    /// Every rule of the file, those of single plugins last; a call has to pass all that apply.
    ///
    /// Default: none.
    package var rules: [RateLimitRule] = []
}
