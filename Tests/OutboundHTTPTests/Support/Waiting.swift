/// Something did not happen in time.
struct TimedOut: Error {}

/// Waits until something holds, at most 20 s.
func until(_ holds: @Sendable () -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(20))
    while !holds() {
        guard .now < end else { throw TimedOut() }
        try await Task.sleep(for: .milliseconds(2))
    }
}
