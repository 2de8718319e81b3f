import Glibc

/// The time of day, for signatures and for dates that others send.
package enum WallClock {
    /// Seconds since the beginning of 1970.
    package static var seconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}
