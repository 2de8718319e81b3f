import Glibc

/// A Unix-domain socket that only this user may connect to.
enum UnixSocket {
    /// Why a socket could not be bound.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Makes a socket at a path, and takes away one that a host left behind when it was killed.
    ///
    /// A socket that somebody answers stays, as does any other file; both are faults. The descriptor belongs to the caller.
    static func bound(at path: String) throws(Fault) -> Int32 {
        let capacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        guard path.utf8.count < capacity else {
            throw Fault(
                description:
                    "the path of a socket has at most \(capacity - 1) bytes, \(path) has \(path.utf8.count)"
            )
        }
        try removeStale(path)
        let descriptor = try open()
        // Before it has a name: there is no moment in which others may connect.
        guard fchmod(descriptor, 0o600) == 0, withAddress(path, { bind(descriptor, $0, $1) }) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw Fault(description: "\(path): \(reason)")
        }
        return descriptor
    }

    /// Takes the name of a socket away; the socket itself goes on until it is closed.
    static func remove(_ path: String) { unlink(path) }

    private static func removeStale(_ path: String) throws(Fault) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Fault(description: "\(path) is a file of another kind; remove it, or choose another path")
        }
        let probe = try open()
        defer { close(probe) }
        if withAddress(path, { connect(probe, $0, $1) }) == 0 {
            throw Fault(description: "another host answers at \(path)")
        }
        guard errno == ECONNREFUSED else {
            throw Fault(description: "\(path): \(String(cString: strerror(errno)))")
        }
        unlink(path)
    }

    private static func open() throws(Fault) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw Fault(description: "a socket: \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    /// Lends the address of a path that was checked to fit.
    private static func withAddress(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // Invariant: the path is shorter than the field, whose rest stays zero.
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
