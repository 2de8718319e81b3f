import Glibc

/// Tells one build of an executable from another by the file it lies in.
enum ExecutableBuild {
    /// The build of the file at a path, or nil when it cannot be looked at.
    static func of(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return
            "\(status.st_dev)-\(status.st_ino)-\(status.st_size)-\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }

    /// The build this process runs.
    static var ofThisProcess: String { of("/proc/self/exe") ?? "unknown" }
}
