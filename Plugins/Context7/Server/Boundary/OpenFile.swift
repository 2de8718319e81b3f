import Glibc

/// A file that is read in parts, wherever they are; any thread may read.
final class OpenFile: Sendable {
    let size: Int
    private let descriptor: Int32

    /// Opens a regular file.
    init(_ path: String) throws(SystemError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .last }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw SystemError(code: EINVAL)
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The bytes at a place; fewer at the end of the file, none beyond it.
    func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
        guard offset >= 0, offset < size, count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: min(count, size - offset))
        var done = 0
        while done < bytes.count {
            // Invariant: the system writes at most as many bytes as are left behind `done`.
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
            }
            if read == 0 { break }
            if read > 0 { done += read } else if errno != EINTR { throw .last }
        }
        bytes.removeLast(bytes.count - done)
        return bytes
    }
}
