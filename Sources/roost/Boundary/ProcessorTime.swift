import Glibc

/// How long processors worked for this process.
enum ProcessorTime {
    /// Nanoseconds, of all threads together.
    static var nanoseconds: Int64 {
        var time = timespec()
        // Invariant: the clock is there on every Linux, and the structure is ours.
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
