import CellProtocol
import NIOCore

/// Turns the bytes of a cell's link into frames.
final class CellFrameHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let cell: Cell
    private var splitter = FrameSplitter()
    private var isBroken = false

    init(_ cell: Cell) { self.cell = cell }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBroken else { return }
        splitter.append(unwrapInboundIn(data).readableBytesView)
        do throws(FrameError) {
            while let frame = try splitter.next() { cell.receive(try CellFrame(decoding: frame)) }
        } catch {
            isBroken = true
            cell.end(because: "it broke the cell protocol: \(error)")
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        cell.linkClosed()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
