/// Something did not happen in time.
package struct TimedOut: Error {
    package init() {}
}

/// Waits until something holds, at most 20 s.
package func until(_ holds: @Sendable () -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(20))
    while !holds() {
        guard .now < end else { throw TimedOut() }
        try await Task.sleep(for: .milliseconds(2))
    }
}
