/// Asks again every few milliseconds until the answer is there, for events that nobody announces.
///
/// `what` stands in the words of the error. Throws ``TimedOut`` when the limit passed.
package func poll<Answer>(
    for what: String,
    within limit: Duration = .seconds(60),
    _ question: () async throws -> Answer?
) async throws -> Answer {
    var waiting = WaitingLimit(limit)
    while true {
        // Read before the question: a test that was not let run for long asks once more.
        let isLast = waiting.hasPassed
        if let answer = try await question() { return answer }
        if isLast { throw TimedOut(what: what, limit: limit) }
        try await waiting.pass(.milliseconds(5))
    }
}

/// Looks again every few milliseconds until something holds, for events that nobody announces.
///
/// `what` stands in the words of the error. Throws ``TimedOut`` when the limit passed.
package func until(
    _ what: String = "an event",
    within limit: Duration = .seconds(60),
    _ holds: () async throws -> Bool
) async throws {
    try await poll(for: what, within: limit) { try await holds() ? () : nil }
}
