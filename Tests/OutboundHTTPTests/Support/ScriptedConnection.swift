import Glibc
import NIOCore
import NIOPosix

/// One connection of a ``ScriptedServer``.
final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let script: ScriptedServer.Script
    private let came: @Sendable (ScriptedServer.Request) -> Void
    private let sent: @Sendable (Int) -> Void
    private var buffer: [UInt8] = []
    private var actions: [ScriptedServer.Action] = []
    private var endless: [UInt8]?
    private var isWaiting = false

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
        buffer += unwrapInboundIn(data).readableBytesView
        while let request = nextRequest() {
            came(request)
            actions += script(request)
        }
        goOn(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        pump(context)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func nextRequest() -> ScriptedServer.Request? {
        let end = Array("\r\n\r\n".utf8)
        guard let place = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) else { return nil }
        let head = String(decoding: buffer[..<place], as: UTF8.self)
        let line = String(head.prefix { $0 != "\r\n" })
        var request = ScriptedServer.Request(line: line, head: head, body: [])
        let bodyStart = place + end.count
        if let length = request["Content-Length"].flatMap({ Int($0) }) {
            guard buffer.count - bodyStart >= length else { return nil }
            request.body = Array(buffer[bodyStart..<(bodyStart + length)])
            buffer.removeFirst(bodyStart + length)
        } else if request["Transfer-Encoding"] == "chunked" {
            guard let (body, next) = Self.chunks(buffer[bodyStart...]) else { return nil }
            request.body = body
            buffer.removeFirst(next)
        } else {
            buffer.removeFirst(bodyStart)
        }
        return request
    }

    /// A whole chunked body and the index after it; nil while a part is missing.
    private static func chunks(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Int)? {
        var body: [UInt8] = []
        var place = bytes.startIndex
        while let end = bytes[place...].firstIndex(of: 0x0A) {
            let line = String(decoding: bytes[place..<end], as: UTF8.self).filter { $0.isHexDigit }
            guard let size = Int(line, radix: 16) else { return nil }
            let start = end + 1
            guard start + size + 2 <= bytes.endIndex else { return nil }
            if size == 0 { return (body, start + 2) }
            body += bytes[start..<(start + size)]
            place = start + size + 2
        }
        return nil
    }

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
