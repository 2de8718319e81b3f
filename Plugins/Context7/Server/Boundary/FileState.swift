import Glibc

/// What the system knows of a file without opening it.
struct FileState: Sendable, Hashable {
    let isFolder: Bool
    let size: Int64
    /// Nanoseconds since 1970.
    let modified: Int64

    /// Follows a link in the last place.
    init(_ path: String) throws(SystemError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .last }
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
