/// What policies note about a call for metrics, spans and the access log: fixed places, so that a note costs no memory.
package struct CallNotes: Sendable, Hashable {
    /// What the response cache did.
    ///
    /// Raw values appear in metrics and logs.
    package enum Cache: String, Sendable, CaseIterable {
        /// Answered from memory, from the second level, from the third.
        case hitMemory = "hit_memory"
        case hitShared = "hit_shared"
        case hitObject = "hit_object"
        /// Answered with what had expired, while it is fetched anew or because the plugin failed.
        case stale
        /// Answered together with an equal call that was under way.
        case joined
        /// Not found: the plugin was asked, and its answer may be kept.
        case miss
        /// The tool is cacheable, this call is not.
        case bypass
    }

    /// The policies that can end a call before the plugin sees it.
    ///
    /// Raw values appear in metrics and logs.
    package enum PolicyName: String, Sendable, CaseIterable {
        case authorization
        case rateLimit = "rate_limit"
        case concurrency
        case circuitBreaker = "circuit_breaker"
        case deadline
        case validation
    }

    /// Nil: the cache was not asked, because the tool is not cacheable or no cache is configured.
    package var cache: Cache?
    /// The policy that ended the call; nil: none did.
    package var endedBy: PolicyName?
    /// How long the call waited for a place at its plugin; nil: it did not wait, or never got there.
    package var queueWait: Duration?
    /// How often the plugin was asked again after a failure.
    ///
    /// Default 0.
    package var retries = 0
    /// True when the client asked for less time than the host would have given.
    package var hasClientDeadline = false

    package init() {}
}
