/// How long calls waited for a place: totals since the host began, and the spread of the last minute.
///
/// Durations are counted in buckets that double, so a quantile is right to a factor of two.
struct QueueWaits: Sendable {
    private static let slotLength: Int64 = 10
    private static let slots = 6
    /// Bucket 0 is for who did not wait, bucket n for less than 2ⁿ µs.
    private static let buckets = 28

    private(set) var count = 0
    private(set) var total = Duration.zero
    private(set) var longest = Duration.zero
    private var counts = [UInt32](repeating: 0, count: slots * buckets)
    private var epochs = [Int64](repeating: -1, count: slots)
    /// The first call's moment: where the slots of the last minute begin.
    private var start: ContinuousClock.Instant?
    /// The slot in use, and when the next one begins: most calls need not compute either.
    private var slot = 0
    private var slotEnd: ContinuousClock.Instant?

    /// A call was handed to the plugin, after so long.
    mutating func record(_ wait: Duration, at now: ContinuousClock.Instant) {
        count += 1
        if slotEnd.map({ now >= $0 }) ?? true { turn(to: now) }
        guard wait > .zero else {
            counts[slot * Self.buckets] += 1
            return
        }
        total += wait
        longest = max(longest, wait)
        let microseconds = UInt64(wait.nanoseconds) / 1_000
        let bucket = min(
            Self.buckets - 1,
            UInt64.bitWidth - microseconds.leadingZeroBitCount + (microseconds == 0 ? 1 : 0)
        )
        counts[slot * Self.buckets + bucket] += 1
    }

    /// A bound that so many of the last minute's calls kept: 0.5 for the median.
    ///
    /// Zero when no call came.
    func quantile(_ part: Double, at now: ContinuousClock.Instant) -> Duration {
        let oldest = epoch(of: now) - Int64(Self.slots) + 1
        var sums = [Int](repeating: 0, count: Self.buckets)
        for slot in 0..<Self.slots where epochs[slot] >= oldest {
            for bucket in 0..<Self.buckets { sums[bucket] += Int(counts[slot * Self.buckets + bucket]) }
        }
        let needed = Int((Double(sums.reduce(0, +)) * part).rounded(.up))
        var seen = 0
        for bucket in 0..<Self.buckets {
            seen += sums[bucket]
            if seen >= needed {
                return bucket == 0 || seen == 0 ? .zero : .microseconds(Int64(1) << Int64(bucket))
            }
        }
        return longest
    }

    private mutating func turn(to now: ContinuousClock.Instant) {
        let start = start ?? now
        self.start = start
        let epoch = epoch(of: now)
        slot = Int(epoch % Int64(Self.slots))
        slotEnd = start.advanced(by: .seconds((epoch + 1) * Self.slotLength))
        epochs[slot] = epoch
        for bucket in 0..<Self.buckets { counts[slot * Self.buckets + bucket] = 0 }
    }

    private func epoch(of now: ContinuousClock.Instant) -> Int64 {
        max(0, (now - (start ?? now)).components.seconds) / Self.slotLength
    }
}
