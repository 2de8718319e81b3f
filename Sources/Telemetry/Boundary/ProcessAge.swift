import Glibc

/// When this process was made, on the clock that counts from the machine's boot, sleep included.
enum ProcessAge {
    /// Nanoseconds since boot.
    static var now: Int64 {
        var time = timespec()
        // Invariant: the clock is there on every Linux since 2.6.39, and the structure is ours.
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Nanoseconds from boot to the start of this process, to a hundredth of a second as the kernel tells it; the time now
    /// where /proc cannot be read.
    static var start: Int64 {
        let file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return now }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1_024)
        // Invariant: the buffer is ours and as large as its count says.
        let count = read(file, &bytes, bytes.count)
        guard count > 0, let ticks = startTicks(String(decoding: bytes.prefix(count), as: UTF8.self)) else {
            return now
        }
        return ticks * (1_000_000_000 / Int64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
    }

    /// Field 22 of a stat line; the second one is a name in parentheses that may hold anything.
    static func startTicks(_ line: String) -> Int64? {
        guard let end = line.lastIndex(of: ")") else { return nil }
        let fields = line[end...].split(separator: " ")
        return fields.count > 20 ? Int64(fields[20]) : nil
    }
}
