import Crypto
import Glibc

/// Whole files, read and written so that a reader or a crash never sees half of one.
enum FileBytes {
    /// The contents of a regular file, or nil when there is none.
    ///
    /// - Throws: ``SystemError`` when it exists and cannot be read, with EINVAL when it is not a regular file.
    static func read(_ path: String) throws(SystemError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .last
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(code: EINVAL) }
        var bytes = [UInt8]()
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        bytes.reserveCapacity(Int(status.st_size))
        while true {
            // Invariant: the system writes at most `count` bytes into the chunk it is given.
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes.append(contentsOf: chunk[..<count])
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    /// Replaces the file, or the file a symbolic link leads to, in one step that survives a power cut.
    ///
    /// The file keeps its permissions; a new one is for its owner only.
    static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
        let target = resolved(path)
        var status = stat()
        let mode = stat(target, &status) == 0 ? status.st_mode & 0o777 : 0o600
        let temporary = "\(target).writing-\(getpid())"
        try write(bytes, to: temporary, flags: O_TRUNC, mode: mode)
        guard rename(temporary, target) == 0 else {
            let error = SystemError.last
            unlink(temporary)
            throw error
        }
        try syncDirectory(of: target)
    }

    /// Writes a file that must not exist yet.
    ///
    /// - Returns: False when it exists; then nothing was written.
    static func create(_ path: String, with bytes: [UInt8]) throws(SystemError) -> Bool {
        do {
            try write(bytes, to: path, flags: O_EXCL, mode: 0o600)
        } catch {
            if error.code == EEXIST { return false }
            throw error
        }
        try syncDirectory(of: path)
        return true
    }

    /// The SHA-256 of a file's contents, in hexadecimal; reads it once and in pieces.
    static func digest(of path: String) throws(SystemError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var hash = SHA256()
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            // Invariant: the system writes at most `count` bytes into the chunk it is given.
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return hash.finalize().hexadecimal }
            if count > 0 {
                chunk.withUnsafeBytes {
                    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
                }
            } else if errno != EINTR {
                throw .last
            }
        }
    }

    /// Gives a file, synced, another file's name.
    static func move(_ path: String, to target: String) throws(SystemError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0, rename(path, target) == 0 else { throw .last }
        try syncDirectory(of: target)
    }

    private static func write(
        _ bytes: [UInt8],
        to path: String,
        flags: Int32,
        mode: mode_t
    ) throws(SystemError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            // Invariant: offset + length is the array's count, and the array does not change while it is written.
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(
                    descriptor,
                    UnsafeRawBufferPointer(rebasing: buffer[offset...]).baseAddress,
                    buffer.count - offset
                )
            }
            if count >= 0 {
                offset += count
            } else if errno != EINTR {
                throw .last
            }
        }
        guard fsync(descriptor) == 0 else { throw .last }
    }

    private static func syncDirectory(of path: String) throws(SystemError) {
        let slash = path.lastIndex(of: "/")
        let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last }
    }

    private static func resolved(_ path: String) -> String {
        guard let buffer = realpath(path, nil) else { return path }
        // Invariant: realpath allocated the buffer for us, NUL-terminated; it is freed once, here.
        defer { free(buffer) }
        return String(cString: buffer)
    }
}
