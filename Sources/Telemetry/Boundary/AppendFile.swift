import Glibc

/// A file that is only ever appended to, by this process and perhaps by others.
///
/// Belongs to one thread at a time.
struct AppendFile: ~Copyable {
    /// Nil for standard error, which nobody moves.
    private let path: String?
    private var descriptor: Int32 = -1
    private var identity: (device: UInt, inode: UInt) = (0, 0)

    /// `path`: absolute; nil for standard error.
    init(_ path: String?) { self.path = path }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Opens the file, making it when it is missing; 0640, for it tells who calls what.
    ///
    /// - Throws: ``Fault``, with the system's word for it.
    mutating func reopen() throws(Fault) {
        // Standard error may be a socket, which cannot be opened by a name.
        let opened =
            path.map { open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o640) }
            ?? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard opened >= 0 else { throw fault }
        if descriptor >= 0 { close(descriptor) }
        descriptor = opened
        var status = stat()
        if fstat(opened, &status) == 0 { identity = (status.st_dev, status.st_ino) }
    }

    /// True when the file was opened and still has its name: nobody moved or removed it.
    var isInPlace: Bool {
        guard descriptor >= 0 else { return false }
        guard let path else { return true }
        var status = stat()
        return stat(path, &status) == 0 && (status.st_dev, status.st_ino) == identity
    }

    /// Appends whole lines in as few writes as the system allows: one, but for a full disk or a signal.
    ///
    /// - Throws: ``Fault`` when not all could be written.
    func append(_ bytes: [UInt8]) throws(Fault) {
        var done = 0
        while done < bytes.count {
            // Invariant: the buffer holds at least what is written.
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault }
            done += count
        }
    }

    private var fault: Fault { Fault(path: path ?? "standard error", code: errno) }

    /// Why the file cannot be used.
    struct Fault: Error, CustomStringConvertible {
        var path: String
        var code: Int32

        // Invariant: strerror gives text that ends with a zero; it is copied at once.
        var description: String { "\(path): \(String(cString: strerror(code)))" }
    }
}
