import Logging
import NIOCore

/// Writes what a cell prints to the host's log, a line at a time, as far as its gate lets it.
final class CellLogHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// A longer line is cut here, so that a plugin without newlines does not fill the host's memory.
    private static let longest = 16 << 10

    private let name: String
    private let logger: Logger
    private let tail: LogTail
    private let gate: LogGate
    private var line: [UInt8] = []

    /// `tail` gets every line, as a crash may come after any of them.
    init(name: String, logger: Logger, tail: LogTail, gate: LogGate) {
        self.name = name
        self.logger = logger
        self.tail = tail
        self.gate = gate
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for byte in unwrapInboundIn(data).readableBytesView {
            if byte == UInt8(ascii: "\n") || line.count >= Self.longest { flush() }
            if byte != UInt8(ascii: "\n") { line.append(byte) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        flush()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func flush() {
        guard !line.isEmpty else { return }
        let text = String(decoding: line, as: UTF8.self)
        tail.append(text)
        if gate.admits(line.count) { logger.info("\(name): \(text)", metadata: ["plugin": "\(name)"]) }
        line.removeAll(keepingCapacity: true)
    }
}
