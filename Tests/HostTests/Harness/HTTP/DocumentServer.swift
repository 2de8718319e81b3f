import NIOCore
import NIOPosix
import Synchronization

/// A server on a free loopback port that answers every request with one document, and counts them.
final class DocumentServer: Sendable {
    private struct State {
        var body: [UInt8] = []
        var status = 200
        var asked = 0
    }

    private let state: Mutex<State>
    private let listener = Mutex<(any Channel)?>(nil)

    private init(_ body: [UInt8]) { state = Mutex(State(body: body)) }

    static func start(_ body: [UInt8]) async throws -> DocumentServer {
        let server = DocumentServer(body)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(server: server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.listener.withLock { $0 = channel }
        return server
    }

    var port: Int { listener.withLock { $0?.localAddress?.port ?? 0 } }

    /// How many requests there were.
    var asked: Int { state.withLock { $0.asked } }

    /// Answers with something else from now on.
    func answer(_ body: [UInt8], status: Int = 200) {
        state.withLock { state in
            state.body = body
            state.status = status
        }
    }

    func stop() { listener.withLock { $0 }?.close(promise: nil) }

    fileprivate func response() -> [UInt8] {
        state.withLock { state in
            state.asked += 1
            let head =
                "HTTP/1.1 \(state.status) Answer\r\nContent-Type: application/json\r\nContent-Length: \(state.body.count)\r\nConnection: close\r\n\r\n"
            return Array(head.utf8) + state.body
        }
    }
}

/// Answers once a head is whole; the requests have no body.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: DocumentServer
    private var received: [UInt8] = []

    init(server: DocumentServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        guard received.suffix(4) == Array("\r\n\r\n".utf8) else { return }
        received = []
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: server.response())))
            .whenComplete { _ in channel.close(promise: nil) }
    }
}
