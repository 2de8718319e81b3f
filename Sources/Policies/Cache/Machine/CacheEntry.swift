/// One kept answer and how long it is good for what.
///
/// ```
/// stored        freshUntil        staleUntil        failureUntil
///   |── served ────|── served, and ───|                  |
///   |              |   asked anew     |                  |
///   |── served instead of a failure ─────────────────────|
/// ```
struct CacheEntry<Value: Sendable>: Sendable {
    let key: CacheKey
    let label: CacheLabel
    let value: Value
    /// What it takes in memory.
    let bytes: Int
    let freshUntil: ContinuousClock.Instant
    /// While it is served and asked anew in the background; not before `freshUntil`.
    let staleUntil: ContinuousClock.Instant
    /// While it stands in for a failure; not before `freshUntil`.
    let failureUntil: ContinuousClock.Instant
    /// The generations of the label's tags when the question was asked.
    let generations: [UInt64]
    /// What the shared level had as its generations; nil when it could not be asked.
    let stamp: CacheStamp?
    /// When the stamp was last known to be the current one.
    var checked: ContinuousClock.Instant
    /// No further attempt in the background before this: the last one failed.
    var refreshAfter: ContinuousClock.Instant?

    /// After this it is of no use to anybody.
    var end: ContinuousClock.Instant { max(staleUntil, failureUntil) }
}

/// The generations of an entry's guards in a second level, in the order of ``CacheLabel/guards``.
typealias CacheStamp = [UInt64]
