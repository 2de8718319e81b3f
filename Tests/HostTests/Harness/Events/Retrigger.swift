import EventWaiting

/// Does something until its event comes.
///
/// The everything plugin's lists change back and forth: two tests that change one at the same time may leave it as it
/// was, and then there is nothing to tell.
@discardableResult
func retrigger<Event>(
    _ what: String,
    by action: () async throws -> Void,
    until next: (Duration) async throws -> Event
) async throws -> Event {
    for _ in 0..<5 {
        try await action()
        do { return try await next(.seconds(3)) } catch is TimedOut { continue }
    }
    throw TimedOut(what: what, limit: .seconds(15))
}
