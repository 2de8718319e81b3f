/// How long an answer serves.
struct CacheTerms: Sendable, Hashable {
    /// From the answer on.
    var timeToLive: Duration
    /// After that, while a new answer is fetched in the background.
    ///
    /// Default zero.
    var staleWhileRevalidate = Duration.zero
    /// After `timeToLive`, in place of a failure.
    ///
    /// Default zero.
    var staleIfError = Duration.zero

    /// How long anybody may have a use for an answer.
    var longest: Duration { timeToLive + max(staleWhileRevalidate, staleIfError) }
}
