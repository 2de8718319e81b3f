import CellProtocol
import Glibc
import NIOCore
import Synchronization

/// Sends frames to a cell from any thread without waiting: the caller's own thread writes to the socket, with no hop.
///
/// When the socket is full, the rest goes through the channel, which knows when there is room again; until it has caught up
/// everything queues behind it, so that order is kept.
///
/// Invariant: the descriptor belongs to this object and is closed in deinit, so it never names anything but this link.
final class CellWriter: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        /// Somebody writes, or the channel does: whoever adds bytes need not.
        var isWriting = false
    }

    private let descriptor: Int32
    private let channel: any Channel
    private let state = Mutex(State())

    /// - Parameters:
    ///   - descriptor: A descriptor of the link that belongs to this object from here on.
    ///   - channel: Writes to the same link.
    init(owning descriptor: Int32, channel: any Channel) {
        self.descriptor = descriptor
        self.channel = channel
    }

    deinit { close(descriptor) }

    /// Sends a frame.
    ///
    /// What cannot be sent because the cell is gone is dropped: its calls fail with it.
    func send(_ frame: HostFrame) {
        let isMine = state.withLock { state -> Bool in
            frame.encode(into: &state.bytes)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isMine { write() }
    }

    private func write() {
        while let bytes = nextBytes() {
            let count = bytes.withUnsafeBytes {
                // Invariant: the buffer holds at least what is sent.
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count == bytes.count { continue }
            if count < 0, errno != EAGAIN, errno != EINTR { continue }
            return hand(bytes[max(0, count)...])
        }
    }

    /// What is to be written now; nil, and nobody writes any more, when there is nothing.
    private func nextBytes() -> [UInt8]? {
        state.withLock { state in
            guard !state.bytes.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { state.bytes = [] }
            return state.bytes
        }
    }

    private func hand(_ rest: ArraySlice<UInt8>) {
        channel.writeAndFlush(ByteBuffer(bytes: rest)).whenComplete { _ in self.write() }
    }
}
