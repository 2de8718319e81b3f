/// One limit as it stands for one caller after a request: what a RateLimit header field says.
package struct Quota: Sendable, Hashable {
    /// The limit's name in host.yaml, or what stands for it.
    package var name: String
    /// Requests the caller may make at once when it has made none for a while.
    package var limit: Int
    /// How long until a spent limit is whole again.
    package var window: Duration
    /// Requests the caller may still make at once.
    package var remaining: Int
    /// How long until it may make more than that.
    package var reset: Duration

    package init(name: String, limit: Int, window: Duration, remaining: Int, reset: Duration) {
        self.name = name
        self.limit = limit
        self.window = window
        self.remaining = remaining
        self.reset = reset
    }
}
