/// The generic cell rate algorithm by virtual scheduling (ITU-T I.371, annex A.1): how often calls may come, in one number.
///
/// The state of a bucket is the theoretical arrival of its next call (TAT): when it would come if all came evenly. A call
/// that comes earlier than the burst tolerates is refused, and changes nothing. Times are nanoseconds of one clock.
///
/// ```
/// burst 3, one call per interval        now                     TAT
/// ──────────────────────────────────────┼───────┼───────┼───────┼────────>
///                                       └─ at most three intervals ahead ─┘
/// ```
struct GCRA: Sendable, Hashable {
    /// Nanoseconds between two calls that come evenly, at least 1.
    let interval: Int64
    /// Calls that may come at once, at least 1.
    let burst: Int
    /// How far the TAT may lie ahead: all of the burst.
    let reach: Int64

    /// `count` calls in `window`, of which `burst` may come at once.
    init(count: Int, window: Duration, burst: Int) {
        let (seconds, attoseconds) = window.components
        let nanoseconds =
            min(seconds, Self.longest / 1_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000
        interval = max(1, nanoseconds / Int64(max(1, count)))
        self.burst = max(1, burst)
        let (reach, overflow) = interval.multipliedReportingOverflow(by: Int64(self.burst))
        self.reach = overflow ? Self.longest : min(reach, Self.longest)
    }

    /// Nearly a hundred years: sums of three still fit.
    private static let longest: Int64 = .max / 4

    /// What becomes of a call, and how the bucket stands afterwards.
    struct Decision: Sendable, Hashable {
        var isAllowed: Bool
        /// The TAT to keep.
        var arrival: Int64
        /// Calls that may still come at once.
        var remaining: Int
        /// Nanoseconds until the next call is allowed; 0 when one is now.
        var wait: Int64
        /// Nanoseconds until the bucket is whole again.
        var reset: Int64
    }

    /// Decides about a call that comes now; `arrival` is what the bucket keeps, nil for one that nobody used.
    func decide(_ arrival: Int64?, now: Int64) -> Decision {
        let current = max(arrival ?? now, now)
        let next = current + interval
        let isAllowed = next - now <= reach
        return standing(isAllowed ? next : current, now: now, isAllowed: isAllowed)
    }

    /// The bucket as it stands, without a call.
    func standing(_ arrival: Int64, now: Int64, isAllowed: Bool) -> Decision {
        let ahead = max(0, arrival - now)
        return Decision(
            isAllowed: isAllowed,
            arrival: arrival,
            remaining: Int(max(0, reach - ahead) / interval),
            wait: max(0, ahead + interval - reach),
            reset: ahead
        )
    }
}
