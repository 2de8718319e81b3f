import Glibc

/// Whole files.
enum FileBytes {
    /// The contents of a regular file.
    ///
    /// - Throws: ``SystemError``; EFBIG when it is longer than `limit`, EINVAL when it is no regular file.
    static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(code: EINVAL) }
        guard status.st_size <= limit else { throw SystemError(code: EFBIG) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var count = 0
        while count < bytes.count {
            // Invariant: the system writes at most as many bytes as are left behind `count`.
            let read = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if read == 0 { break }
            if read > 0 { count += read } else if errno != EINTR { throw .last }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
