import Testing

/// Looks again until something is there, for a bounded time.
func eventually<Value>(
    within limit: Duration = .seconds(60),
    _ what: String,
    _ look: () throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now.advanced(by: limit)
    while true {
        if let value = try look() { return value }
        try #require(ContinuousClock.now < end, "\(what) did not come within \(limit)")
        try await Task.sleep(for: .milliseconds(10))
    }
}
