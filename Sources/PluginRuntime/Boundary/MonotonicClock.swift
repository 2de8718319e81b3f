import Glibc

/// The clock of the contract: nanoseconds of CLOCK_MONOTONIC, the same in every process of a machine.
enum MonotonicClock {
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The moment on this clock that is as far away as `instant` is from `now`.
    static func nanoseconds(of instant: ContinuousClock.Instant, from now: ContinuousClock.Instant) -> UInt64
    {
        let ahead = (instant - now).nanoseconds
        return ahead > 0 ? Self.now + UInt64(ahead) : Self.now
    }
}

extension Duration {
    /// Whole nanoseconds, at most about 292 years.
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow
            ? (seconds < 0 ? .min : .max)
            : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
    }
}
