/// Pauses that grow while something fails, and differ by chance so that those who failed together do not come back together.
struct BackOff: Sendable, Equatable {
    /// The first pause at most.
    let first: Duration
    /// The longest pause.
    let longest: Duration
    private(set) var failures = 0

    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// The pause after one more failure, from half of what has grown to all of it; `random` is between 0 and 1.
    mutating func next(random: Double) -> Duration {
        let grown = min(longest, first * (1 << min(failures, 20)))
        failures += 1
        return grown * (0.5 + random / 2)
    }

    mutating func reset() { failures = 0 }
}
