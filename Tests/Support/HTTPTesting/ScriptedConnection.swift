import Glibc
import NIOCore
import NIOPosix

/// One connection of a ``ScriptedServer``.
final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let script: ScriptedServer.Script
    private let came: @Sendable (ScriptedServer.Request) -> Void
    private let sent: @Sendable (Int) -> Void
    private var reader = RequestReader()
    private var actions: [ScriptedServer.Action] = []
    private var endless: [UInt8]?
    private var isWaiting = false
    private var isWaitingForEnd = false
    /// The other side has said that nothing more comes.
    private var hasEnded = false

    init(
        _ script: @escaping ScriptedServer.Script,
        came: @escaping @Sendable (ScriptedServer.Request) -> Void,
        sent: @escaping @Sendable (Int) -> Void
    ) {
        self.script = script
        self.came = came
        self.sent = sent
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.append(unwrapInboundIn(data).readableBytesView)
        while let request = reader.next() {
            came(request)
            actions += script(request)
        }
        goOn(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        pump(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else {
            return context.fireUserInboundEventTriggered(event)
        }
        hasEnded = true
        guard isWaitingForEnd else { return context.close(promise: nil) }
        isWaitingForEnd = false
        isWaiting = false
        goOn(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func goOn(_ context: ChannelHandlerContext) {
        while !isWaiting, endless == nil, !actions.isEmpty {
            switch actions.removeFirst() {
            case .send(let text): write(Array(text.utf8), context)
            case .bytes(let bytes): write(bytes, context)
            case .sendForever(let bytes):
                endless = bytes
                pump(context)
            case .trickle(let text, let pause):
                write(Array(text.utf8), context)
                actions.insert(.trickle(text, every: pause), at: 0)
                wait(pause, context)
            case .wait(let pause): wait(pause, context)
            case .stall: isWaiting = true
            case .untilEnd:
                guard !hasEnded else { continue }
                isWaiting = true
                isWaitingForEnd = true
            case .close: context.close(promise: nil)
            case .reset:
                let close = NIOLoopBound(context, eventLoop: context.eventLoop)
                let options = context.channel as? any SocketOptionProvider
                options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
                    close.value.close(promise: nil)
                }
            }
        }
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func wait(_ pause: Duration, _ context: ChannelHandlerContext) {
        isWaiting = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(pause)) {
            let (handler, context) = bound.value
            handler.isWaiting = false
            handler.goOn(context)
        }
    }

    private func pump(_ context: ChannelHandlerContext) {
        guard let endless else { return }
        while context.channel.isActive, context.channel.isWritable {
            sent(endless.count)
            write(endless, context)
        }
    }
}
