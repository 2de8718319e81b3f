import Glibc

/// The age of a file, as a test wants it.
enum FileAge {
    /// Makes a file look as if it was last written some time ago.
    static func set(_ age: Duration, of path: String) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        now.tv_sec -= Int(age.components.seconds)
        utimensat(AT_FDCWD, path, [now, now], 0)
    }
}
