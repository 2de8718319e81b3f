import NIOCore

/// Moves what a channel reads into an inbox.
final class ArrivalHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let arrivals: Inbox<[UInt8]>

    init(arrivals: Inbox<[UInt8]>) { self.arrivals = arrivals }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        arrivals.append(Array(unwrapInboundIn(data).readableBytesView))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { arrivals.finish() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) { arrivals.finish() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        arrivals.finish()
        context.close(promise: nil)
    }
}
