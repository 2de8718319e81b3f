import Glibc

/// Whole files, read and written so that nobody ever sees half of one.
package enum Files {
    /// Why a file could not be used: the system's own word for it.
    package struct Fault: Error {
        package var path: String
        package var code: Int32

        package init(path: String, code: Int32) {
            self.path = path
            self.code = code
        }

        /// True when the file was written to while it was read.
        var isBusy: Bool { code == EBUSY }
        package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
        package var reason: String { String(cString: strerror(code)) }
    }

    /// Reads a regular file.
    ///
    /// `atMost`: a longer one is refused as too large; nil: any.
    package static func read(_ path: String, atMost: Int? = nil) throws(Fault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Fault(path: path, code: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw Fault(path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Fault(path: path, code: EISDIR) }
        if let atMost, Int(status.st_size) > atMost { throw Fault(path: path, code: EFBIG) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            // Invariant: the buffer has room for what is asked.
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Fault(path: path, code: errno) }
            guard count > 0 else { break }
            done += count
        }
        bytes.removeLast(bytes.count - done)
        var after = stat()
        guard fstat(file, &after) == 0 else { throw Fault(path: path, code: errno) }
        // Somebody writes to it: what was read may be half of this and half of that.
        guard done == Int(after.st_size), Stamp(after) == Stamp(status) else {
            throw Fault(path: path, code: EBUSY)
        }
        return bytes
    }

    /// What tells whether a file was written to: its size and when it was changed.
    struct Stamp: Sendable, Hashable {
        var size: Int
        var seconds: Int
        var nanoseconds: Int

    }

    /// The stamp of a file; nil when it cannot be looked at.
    static func stamp(of path: String) -> Stamp? {
        var status = stat()
        return stat(path, &status) == 0 ? Stamp(status) : nil
    }

    /// Writes a file that is there as a whole and on the disk, or not at all.
    ///
    /// Before the file gets its name, verify sees what a fresh reader sees; when it says false, nothing was written.
    /// `mode`: who may read it, before the umask. `replaces`: false leaves a file that is there as it is, and throws EEXIST.
    package static func write(
        _ bytes: [UInt8],
        to path: String,
        mode: UInt32 = 0o644,
        replaces: Bool = true,
        verify: ([UInt8]) -> Bool = { _ in true }
    ) throws(Fault) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw Fault(path: temporary, code: errno) }
        var failure: Int32 = 0
        var done = 0
        while done < bytes.count, failure == 0 {
            // Invariant: the buffer holds at least what is written.
            let count = bytes.withUnsafeBytes {
                Glibc.write(file, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count >= 0 { done += count } else if errno != EINTR { failure = errno }
        }
        if failure == 0, fsync(file) != 0 { failure = errno }
        close(file)
        if failure == 0, !verify(try read(temporary)) { failure = EIO }
        if failure == 0 {
            if replaces {
                if rename(temporary, path) != 0 { failure = errno }
            } else {
                if link(temporary, path) != 0 { failure = errno }
                unlink(temporary)
            }
        }
        guard failure == 0 else {
            unlink(temporary)
            throw Fault(path: path, code: failure)
        }
    }

    /// Why nothing can be found at a path; nil when something is there.
    static func fault(at path: String) -> Fault? {
        var status = stat()
        return stat(path, &status) == 0 ? nil : Fault(path: path, code: errno)
    }

    /// True when something is at a path.
    package static func exists(_ path: String) -> Bool { fault(at: path) == nil }

    /// What a path leads to when every link in it is followed; the path itself when that cannot be told.
    package static func resolved(_ path: String) -> String {
        // Invariant: realpath gave memory that is ours to free, once, after the copy.
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Makes a directory and those above it, where they are missing.
    package static func makeDirectory(_ path: String) throws(Fault) {
        var partial = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            partial += component + "/"
            guard mkdir(partial, 0o755) != 0, errno != EEXIST else { continue }
            let code = errno
            var status = stat()
            guard stat(partial, &status) == 0 else { throw Fault(path: path, code: code) }
        }
    }
}

extension Files.Stamp {
    init(_ status: stat) {
        self.init(
            size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec
        )
    }
}
