import Glibc

/// Lets one process at a time create and migrate a database file.
///
/// SQLite serialises transactions, but looking which migrations are due and running them are two steps: without this lock
/// two hosts that start together on a new file would both run the first. The kernel drops the lock when its holder dies.
struct OpeningLock: ~Copyable {
    private let descriptor: Int32

    /// Waits for the lock file beside `path`, for as long as `patience` allows.
    init(for path: String, patience: Duration) throws(StorageError) {
        descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError.unusable(path: path, detail: "\(SystemError.last)")
        }
        let end = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < end else {
                throw errno == EWOULDBLOCK
                    ? StorageError.busy(path: path)
                    : StorageError.unusable(path: path, detail: "\(SystemError.last)")
            }
            usleep(5000)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
