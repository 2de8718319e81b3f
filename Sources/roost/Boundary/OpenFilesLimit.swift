import Glibc

/// How many file descriptors this process may have open.
enum OpenFilesLimit {
    /// Nil: no limit.
    static var current: Int? {
        var limit = rlimit()
        // Invariant: the structure is ours; 7 is RLIMIT_NOFILE on Linux, whose name Swift does not see.
        guard getrlimit(__rlimit_resource_t(7), &limit) == 0, limit.rlim_cur < UInt64(Int.max) else {
            return nil
        }
        return Int(limit.rlim_cur)
    }
}
