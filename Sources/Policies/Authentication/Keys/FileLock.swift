import Glibc
import PluginRuntime

/// A lock between processes, held through an open file; it ends with the process at the latest.
struct FileLock {
    private let file: Int32

    /// Waits until nobody else holds the lock.
    init(_ path: String) throws(Files.Fault) {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Files.Fault(path: path, code: errno) }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let code = errno
                close(file)
                throw Files.Fault(path: path, code: code)
            }
        }
    }

    func release() { close(file) }
}
