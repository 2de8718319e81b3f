/// One answer that is being fetched, and everybody who waits for it.
struct CacheFlight<Caller: Sendable>: Sendable {
    /// Names a flight for good.
    struct ID: Sendable, Hashable { var number: UInt64 }

    /// Names a caller while it waits.
    struct WaiterID: Sendable, Hashable { var number: UInt64 }

    struct Waiter: Sendable {
        var id: WaiterID
        var caller: Caller
        var deadline: ContinuousClock.Instant
    }

    enum Stage: Sendable {
        /// The second level is asked, for its generations or for the answer.
        case reading
        /// The plugin is asked: by a caller, or in the background for nobody.
        case calling(Caller?)
    }

    let id: ID
    let key: CacheKey
    let label: CacheLabel
    /// The generations of the label's tags at the beginning.
    let generations: [UInt64]
    var stage = Stage.reading
    /// In the order they came; whoever calls the plugin is not among them.
    var waiters: [Waiter] = []
    /// The second level's generations, from before the plugin was asked; nil when there are none.
    var stamp: CacheStamp?
    /// True when the answer must not be kept: its label was purged since.
    var isPurged = false
    /// True while a kept answer is served and this flight fetches the next one.
    var isRefresh = false
    /// True once a failure has been followed by another attempt.
    var hasRetried = false

    var isReading: Bool { if case .reading = stage { true } else { false } }
}
