import Glibc

/// What processes of this machine have used of its processors.
enum ProcessorTime {
    /// The time of all threads of a process so far; nil when it is gone.
    static func of(_ process: Int32) -> Duration? {
        var clock = clockid_t()
        var time = timespec()
        // Invariant: both structures are ours; the kernel checks the process.
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
