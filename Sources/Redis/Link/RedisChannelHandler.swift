import NIOCore

/// Greets Redis on a new connection, then hands every reply to the link.
final class RedisChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let link: RedisLink
    private let attempt: Int
    private let reader = ReplyReader()
    /// Replies to the greeting that are still to come.
    private var greetings = 0
    private var timeout: Scheduled<Void>?
    private var problem = "the connection was closed"

    init(_ link: RedisLink, attempt: Int) {
        self.link = link
        self.attempt = attempt
    }

    func channelActive(context: ChannelHandlerContext) {
        let greeting = link.greeting
        greetings = greeting.count
        var buffer = context.channel.allocator.buffer(capacity: 128)
        for command in greeting { RequestWriter.write(command, into: &buffer) }
        context.writeAndFlush(NIOAny(buffer), promise: nil)
        let channel = context.channel
        timeout = context.eventLoop.scheduleTask(in: TimeAmount(link.greetingTimeout)) { [link, attempt] in
            link.lost(attempt, "no answer to the greeting in time")
            channel.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(RedisFailure) {
            var replies = try reader.read(unwrapInboundIn(data))[...]
            while greetings > 0, let reply = replies.popFirst() {
                if case .error(let message) = reply { throw RedisFailure(.answer, message) }
                greetings -= 1
                if greetings == 0 {
                    timeout?.cancel()
                    link.greeted(context.channel, attempt: attempt)
                }
            }
            if !replies.isEmpty { try link.received(Array(replies)) }
        } catch {
            problem = error.message
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        link.lost(attempt, problem)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        problem = "\(error)"
        context.close(promise: nil)
    }
}
