/// How many lines a plugin may write to the log: a bucket that fills evenly, and every line takes out by its length.
///
/// A pure state machine; the clock comes in as an argument. The bucket is one instant, at which it will be full again.
struct LogAllowance: Sendable {
    /// What becomes of a line.
    enum Verdict: Sendable, Hashable {
        case write
        /// `isFirst`: nobody was told of a dropped line since ``takeDropped()``.
        case drop(isFirst: Bool)
    }

    /// A line counts once, and once more for every so many bytes.
    static let bytesOfOne = 1_024

    /// Between two lines that come evenly.
    private let interval: Duration
    /// Short lines that may come at once, at least 1.
    let burst: Int
    private var full: ContinuousClock.Instant?
    private var dropped = 0

    /// `count` short lines in `window`, of which `burst` may come at once.
    ///
    /// The standard: 1,000 a second, 4,000 at once, which is more than anybody reads and less than slows a host down.
    init(count: Int = 1_000, in window: Duration = .seconds(1), burst: Int = 4_000) {
        interval = window / max(1, count)
        self.burst = max(1, burst)
    }

    /// Decides about a line of so many bytes that comes now.
    mutating func take(_ bytes: Int, at now: ContinuousClock.Instant) -> Verdict {
        // A full bucket lets a line through, however long.
        let cost = min(1 + bytes / Self.bytesOfOne, burst)
        let next = max(full ?? now, now) + interval * cost
        guard next - now <= interval * burst else {
            dropped += 1
            return .drop(isFirst: dropped == 1)
        }
        full = next
        return .write
    }

    /// How many lines were dropped since this was asked for the last time.
    mutating func takeDropped() -> Int {
        defer { dropped = 0 }
        return dropped
    }
}
