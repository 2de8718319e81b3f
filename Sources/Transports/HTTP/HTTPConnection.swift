import Gateway
import NIOCore
import NIOHTTP1

/// One client connection: gathers requests within the limits, has them answered, and notices when nobody is there.
///
/// Lives on its event loop. Requests arrive one at a time: the pipeline in front holds the next one back.
final class HTTPConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// A request that is still arriving.
    private struct Arriving {
        var head: HTTPRequestHead
        var body: [UInt8] = []
        var isTooLarge = false
    }

    private let settings: HTTPSettings
    private let router: HTTPRouter
    private var arriving: Arriving?
    private var inFlight: (any InFlight)?
    /// Counts requests, so that the end of an earlier one cannot be taken for the end of this one.
    private var generation = 0
    private var isAnswered = true
    private var lastActivity = NIODeadline.now()
    private var clock: RepeatedTask?

    init(settings: HTTPSettings, router: HTTPRouter) {
        self.settings = settings
        self.router = router
    }

    func channelActive(context: ChannelHandlerContext) {
        let period = min(Duration.seconds(5), settings.keepAlive / 2)
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        let interval = TimeAmount(period)
        clock = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            bound.value.handler.tick(bound.value.context)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        clock?.cancel()
        clock = nil
        // Not at once: a write that failed may be what closed the connection, and whoever wrote is still at it.
        if let inFlight { context.eventLoop.execute { inFlight.connectionClosed() } }
        inFlight = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastActivity = .now()
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let part): gather(part)
        case .end: answer(context)
        }
    }

    // MARK: Gathering

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        arriving = Arriving(head: head)
        let declared = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        arriving?.isTooLarge = declared > settings.maximumBody
        guard head.headers.first(name: "expect")?.lowercased() == "100-continue" else {
            arriving?.body.reserveCapacity(min(declared, settings.maximumBody))
            return
        }
        // A client that asks first can be refused before it has sent anything.
        guard arriving?.isTooLarge == false else { return answer(context) }
        let proceed = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(proceed)), promise: nil)
    }

    private func gather(_ part: ByteBuffer) {
        guard var request = arriving else { return }
        arriving = nil
        if request.body.count + part.readableBytes > settings.maximumBody {
            // What is too large is read to its end all the same: a client that is still sending would not read an answer.
            request.isTooLarge = true
            request.body = []
        }
        if !request.isTooLarge { request.body.append(contentsOf: part.readableBytesView) }
        arriving = request
    }

    // MARK: Answering

    private func answer(_ context: ChannelHandlerContext) {
        guard let request = arriving else { return }
        arriving = nil
        generation += 1
        isAnswered = false
        let generation = self.generation
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let writer = HTTPResponseWriter(
            context.channel, keepsAlive: request.head.isKeepAlive && !request.isTooLarge,
            isHead: request.head.method == .HEAD, commonHeaders: router.commonHeaders(for: request.head)
        ) { bound.value.finished(generation) }
        let work = respond(to: request, writer)
        if !isAnswered { inFlight = work }
    }

    private func respond(to request: Arriving, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        let headerBytes = request.head.headers.reduce(request.head.uri.utf8.count) {
            $0 + $1.name.utf8.count + $1.value.utf8.count + 4
        }
        guard headerBytes <= settings.maximumHeaders else {
            writer.write(
                .text(
                    .requestHeaderFieldsTooLarge,
                    "the headers take \(headerBytes) bytes; at most \(settings.maximumHeaders) are accepted"))
            return nil
        }
        guard !request.isTooLarge else {
            writer.write(.text(.payloadTooLarge, "the body is larger than the \(settings.maximumBody) bytes that are accepted"))
            return nil
        }
        return router.handle(HTTPRequest(head: request.head, body: request.body), writer)
    }

    private func finished(_ generation: Int) {
        guard generation == self.generation else { return }
        isAnswered = true
        inFlight = nil
        lastActivity = .now()
    }

    // MARK: Time

    private func tick(_ context: ChannelHandlerContext) {
        let quiet = NIODeadline.now() - lastActivity
        if !isAnswered {
            guard quiet >= TimeAmount(settings.keepAlive) else { return }
            lastActivity = .now()
            inFlight?.keepAlive()
        } else if arriving != nil {
            if quiet >= TimeAmount(settings.requestTimeout) { context.close(promise: nil) }
        } else if quiet >= TimeAmount(settings.idleTimeout) {
            context.close(promise: nil)
        }
    }
}
