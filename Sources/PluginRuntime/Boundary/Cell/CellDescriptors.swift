import Glibc

/// The two descriptors that a cell is started with, and the host's ends of them.
struct CellDescriptors {
    var hostLink: Int32
    /// The host's end of the link once more, for writing without the channel that owns the first.
    var hostWriting: Int32
    var cellLink: Int32
    var hostLog: Int32
    var cellLog: Int32

    static func make() throws(Files.Fault) -> CellDescriptors {
        var link: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &link) == 0 else {
            throw Files.Fault(path: "a socket pair", code: errno)
        }
        var log: [Int32] = [-1, -1]
        guard pipe(&log) == 0 else {
            let code = errno
            close(link[0])
            close(link[1])
            throw Files.Fault(path: "a pipe", code: code)
        }
        let writing = fcntl(link[0], F_DUPFD_CLOEXEC, 3)
        guard writing >= 0 else {
            let code = errno
            for descriptor in link + log { close(descriptor) }
            throw Files.Fault(path: "a copy of the link", code: code)
        }
        for descriptor in log { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return CellDescriptors(
            hostLink: link[0],
            hostWriting: writing,
            cellLink: link[1],
            hostLog: log[0],
            cellLog: log[1]
        )
    }

    /// Closes what only the cell needs.
    func closeCellEnds() {
        close(cellLink)
        close(cellLog)
    }

    /// Closes the host's ends, when no channel took them over.
    func closeHostEnds() {
        close(hostLink)
        close(hostWriting)
        close(hostLog)
    }
}
