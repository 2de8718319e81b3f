import CLinux
import CellProtocol
import Glibc
import Synchronization

/// The cell's end of the wire to the host: a blocking socket, read by one thread and written by any.
///
/// What is written while the reader works through what it has read goes out together, when it is through: many short calls
/// cost one write. Anybody else's frames go out at once.
///
/// Invariant behind @unchecked Sendable: descriptor and reader are constants; what is said to be the reader's is touched by
/// that thread only; the rest is behind the mutex.
final class CellLink: @unchecked Sendable {
    private struct Outgoing {
        var bytes: [UInt8] = []
        var isFlushing = false
    }

    private let socket: Int32
    private let reader: pthread_t
    private let outgoing = Mutex(Outgoing())
    private let streamAnswers = StreamAnswers()

    // The reader's.
    private var batchBegan: UInt64?
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)
    private var splitter = FrameSplitter()
    private var postponed: [HostFrame] = []

    private init(socket: Int32) {
        self.socket = socket
        reader = pthread_self()
    }

    /// Takes the descriptors over that a cell is started with: 0, so that a plugin that reads its standard input finds it empty, and no child inherits the link.
    static func adopt() -> CellLink {
        clinux_die_with_parent()
        signal(SIGPIPE, SIG_IGN)
        let socket = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
        let null = open("/dev/null", O_RDONLY)
        guard socket >= 0, null >= 0, dup2(null, STDIN_FILENO) == STDIN_FILENO else {
            abandon(
                "expected the link to a host on descriptor 0. A cell is started by roost itself, not by hand"
            )
        }
        close(null)
        // Without it a crash is told by its signal alone; the plugins run all the same.
        _ = clinux_fault_watch(CLINUX_REPORT_FILENO)
        return CellLink(socket: socket)
    }

    /// Ends the process without running the destructors of whatever plugins brought along.
    static func leave() -> Never { _exit(0) }

    /// Ends the process for a reason that goes to the host's log.
    static func abandon(_ reason: String) -> Never {
        let line = Array("roost cell: \(reason)\n".utf8)
        // Invariant: the bytes are there for the length given. Nobody is left to hear of a failure.
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        _exit(70)
    }

    // MARK: Reading

    /// The next frame from the host, or nil when the host is gone.
    ///
    /// Reader only.
    func next() throws(FrameError) -> HostFrame? {
        if !postponed.isEmpty { return postponed.removeFirst() }
        return try read()
    }

    private func read() throws(FrameError) -> HostFrame? {
        while true {
            if let frame = try splitter.next() {
                flushIfLate()
                return try HostFrame(decoding: frame)
            }
            batchBegan = nil
            flush()
            guard let bytes = receive() else { return nil }
            splitter.append(bytes)
            batchBegan = MonotonicClock.now
        }
    }

    private func receive() -> ArraySlice<UInt8>? {
        while true {
            // Invariant: the chunk has room for what is asked.
            let count = chunk.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            if count > 0 { return chunk[..<count] }
            if count < 0, errno == EBADF { Self.abandon("a plugin closed the link to the host") }
            guard count < 0, errno == EINTR else { return nil }
        }
    }

    /// Lets answers go when a call took so long that they should not wait for the rest of the batch.
    private func flushIfLate() {
        guard let began = batchBegan else { return }
        let now = MonotonicClock.now
        guard now - began > 100_000 else { return }
        flush()
        batchBegan = now
    }

    // MARK: Asking

    /// Sends a question about a call's stream and waits for the answer; nil when the call asks already.
    func askToClose(_ question: CellFrame, call: UInt64) -> Int32? {
        guard pthread_equal(reader, pthread_self()) != 0 else {
            return streamAnswers.wait(for: call) { send(question) }
        }
        // The answer comes on this very thread. What else comes has to wait until the plugin's call has returned.
        send(question)
        while let frame = try? read() {
            if case .closed(_, call, let status) = frame { return status }
            postponed.append(frame)
        }
        Self.leave()
    }

    /// The host's answer to a question of another thread.
    ///
    /// Reader only.
    func answer(_ status: Int32, for call: UInt64) { streamAnswers.give(status, for: call) }

    // MARK: Writing

    /// Sends a frame, in the order of calls to this function.
    func send(_ frame: CellFrame) {
        outgoing.withLock { frame.encode(into: &$0.bytes) }
        guard pthread_equal(reader, pthread_self()) == 0 || batchBegan == nil else { return }
        flush()
    }

    /// Writes what was held back.
    func flush() {
        while true {
            let bytes = outgoing.withLock { outgoing -> [UInt8]? in
                guard !outgoing.isFlushing, !outgoing.bytes.isEmpty else { return nil }
                outgoing.isFlushing = true
                defer { outgoing.bytes = [] }
                return outgoing.bytes
            }
            // Nothing to do, or whoever flushes now will take it along.
            guard let bytes else { return }
            write(bytes)
            outgoing.withLock { $0.isFlushing = false }
        }
    }

    private func write(_ bytes: [UInt8]) {
        var done = 0
        while done < bytes.count {
            // Invariant: the buffer holds at least what is sent.
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress?.advanced(by: done), $0.count - done, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                // The host is gone: the reader finds out, and leaves.
                return
            }
        }
    }
}
