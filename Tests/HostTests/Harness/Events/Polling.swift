/// Asks again every few milliseconds until the answer is there, for events that nobody announces.
func poll<Answer>(
    for what: String,
    within limit: Duration = .seconds(15),
    _ question: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now + limit
    while true {
        // Read before the question: a test that was not let run for long asks once more.
        let isLast = ContinuousClock.now >= deadline
        if let answer = try await question() { return answer }
        if isLast { throw TimedOut(what: what, limit: limit) }
        try await Task.sleep(for: .milliseconds(10))
    }
}
