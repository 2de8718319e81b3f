import CLinux
import Glibc

extension KernelSupport {
    /// Asks the kernel; takes a few microseconds and changes nothing.
    package static var ofThisMachine: KernelSupport {
        let version = clinux_landlock_version()
        let reason: String? =
            switch version {
            case 1...: nil
            case -EOPNOTSUPP: "Landlock is not among the security modules this kernel was started with"
            case -ENOSYS: "the kernel was built without Landlock"
            default: "Landlock: \(String(cString: strerror(-version)))"
            }
        return KernelSupport(
            landlock: Int(max(0, version)),
            landlockReason: reason,
            filtersCalls: clinux_filter_is_offered(),
            countsProcesses: clinux_tasks_are_counted()
        )
    }
}
