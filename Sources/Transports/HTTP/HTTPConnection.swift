import Gateway
import NIOCore
import NIOHTTP1

/// One client connection: gathers requests within the limits, has them answered in order, and notices when nobody is there.
///
/// Lives on its event loop. A client may send the next request before it has the answer to the last one (pipelining): what
/// arrives meanwhile is held, and reading stops until it is needed.
final class HTTPConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// A request that is still arriving.
    private struct Arriving {
        let head: HTTPRequestHead
        let fields: HTTPFields
        var body: [UInt8] = []
        var isTooLarge = false
        /// Bytes of the body that were thrown away.
        var discarded = 0
        let since = NIODeadline.now()
    }

    private let settings: HTTPSettings
    private let router: HTTPRouter
    private let meters: HTTPMeters
    private var arriving: Arriving?
    private var held = CircularBuffer<HTTPServerRequestPart>()
    private var wantsRead = false
    private var inFlight: (any InFlight)?
    /// Counts requests, so that the end of an earlier one cannot be taken for the end of this one.
    private var generation = 0
    private var isAnswered = true
    private var lastActivity = NIODeadline.now()
    private var clock: RepeatedTask?
    /// Set once the last answer was given although the client is still sending.
    private var lingersUntil: NIODeadline?

    init(settings: HTTPSettings, router: HTTPRouter, meters: HTTPMeters) {
        self.settings = settings
        self.router = router
        self.meters = meters
    }

    func channelActive(context: ChannelHandlerContext) {
        meters.connected()
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        let period = TimeAmount(min(Duration.seconds(5), settings.keepAlive / 2))
        clock = context.eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) { _ in
            bound.value.handler.tick(bound.value.context)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        meters.disconnected()
        clock?.cancel()
        clock = nil
        // Not at once: a write that failed may be what closed the connection, and whoever wrote is still at it.
        if let inFlight { context.eventLoop.execute { inFlight.connectionClosed() } }
        inFlight = nil
        context.fireChannelInactive()
    }

    /// A request that is not HTTP gets one answer, when none is under way, and no second chance.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError, isAnswered else { return context.close(promise: nil) }
        let terms = HTTPResponseWriter.Terms(
            keepsAlive: false,
            isHead: false,
            mayChunk: false,
            headers: [],
            meters: meters
        )
        HTTPResponseWriter(context.channel, terms, finished: {})
            .write(.text(.badRequest, "the request is not HTTP/1.1: \(error)"))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastActivity = .now()
        guard lingersUntil == nil else { return }
        let part = unwrapInboundIn(data)
        if isAnswered, held.isEmpty { take(part, context) } else { held.append(part) }
    }

    func read(context: ChannelHandlerContext) {
        if held.isEmpty { context.read() } else { wantsRead = true }
    }

    // MARK: Gathering

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head): begin(head, context)
        case .body(let bytes): gather(bytes, context)
        case .end: answer(context)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let fields = HTTPFields(head.headers)
        let declared = fields[.contentLength].flatMap { Int($0) } ?? 0
        var request = Arriving(head: head, fields: fields, isTooLarge: declared > settings.maximumBody)
        if !request.isTooLarge { request.body.reserveCapacity(declared) }
        arriving = request
        guard fields[.expect]?.lowercased() == "100-continue" else { return }
        // A client that asks first can be refused before it has sent anything.
        if request.isTooLarge { return answer(context) }
        var proceed = context.channel.allocator.buffer(capacity: 32)
        proceed.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(proceed), promise: nil)
    }

    private func gather(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard var request = arriving else { return }
        arriving = nil
        if request.body.count + bytes.readableBytes > settings.maximumBody { request.isTooLarge = true }
        if request.isTooLarge {
            // What is too large is read on for a while: a client that is still sending would not read an answer.
            request.discarded += request.body.count + bytes.readableBytes
            request.body = []
        } else {
            request.body.append(contentsOf: bytes.readableBytesView)
        }
        arriving = request
        if request.discarded > 2 * settings.maximumBody { refuseEarly(context) }
    }

    // MARK: Answering

    private func answer(_ context: ChannelHandlerContext) {
        guard let request = arriving else { return }
        arriving = nil
        generation += 1
        isAnswered = false
        meters.received(bytes: request.body.count + request.discarded)
        let whole = HTTPRequest(head: request.head, fields: request.fields, body: request.body)
        let writer = self.writer(for: whole, isTooLarge: request.isTooLarge, context)
        let work = respond(to: whole, isTooLarge: request.isTooLarge, writer)
        if !isAnswered { inFlight = work }
    }

    private func writer(
        for request: HTTPRequest,
        isTooLarge: Bool,
        _ context: ChannelHandlerContext
    ) -> HTTPResponseWriter {
        let mayChunk = request.head.version.minor >= 1
        let terms = HTTPResponseWriter.Terms(
            keepsAlive: request.head.isKeepAlive && !isTooLarge && mayChunk,
            isHead: request.head.method == .HEAD,
            mayChunk: mayChunk,
            headers: router.commonHeaders(for: request),
            meters: meters,
            area: HTTPMeters.Area(request.head.uri)
        )
        let generation = self.generation
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        return HTTPResponseWriter(context.channel, terms) {
            bound.value.handler.finished(generation, bound.value.context)
        }
    }

    private func respond(
        to request: HTTPRequest,
        isTooLarge: Bool,
        _ writer: HTTPResponseWriter
    ) -> (any InFlight)? {
        let headerBytes = request.head.uri.utf8.count + request.headerSize
        guard headerBytes <= settings.maximumHeaders else {
            writer.write(
                .text(
                    .requestHeaderFieldsTooLarge,
                    "the headers take \(headerBytes) bytes; at most \(settings.maximumHeaders) are accepted"
                )
            )
            return nil
        }
        guard !isTooLarge else {
            writer.write(tooLarge)
            return nil
        }
        return router.handle(request, writer)
    }

    private func finished(_ generation: Int, _ context: ChannelHandlerContext) {
        guard generation == self.generation else { return }
        isAnswered = true
        inFlight = nil
        lastActivity = .now()
        guard !held.isEmpty else { return }
        // After whoever wrote the answer is done: the next request must not begin inside it.
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.handler.takeHeld(bound.value.context) }
    }

    private func takeHeld(_ context: ChannelHandlerContext) {
        while isAnswered, let part = held.popFirst() { take(part, context) }
        guard held.isEmpty, wantsRead else { return }
        wantsRead = false
        context.read()
    }

    /// Answers a request that is still arriving, and lets the client read that before the connection goes.
    ///
    /// Closing at once would reset the connection, and the reset would overtake the answer.
    private func refuseEarly(_ context: ChannelHandlerContext) {
        guard let request = arriving else { return }
        arriving = nil
        lingersUntil = .now() + .seconds(5)
        let terms = HTTPResponseWriter.Terms(
            keepsAlive: false,
            isHead: false,
            mayChunk: false,
            closesOnlyOutput: true,
            headers: [],
            meters: meters,
            area: HTTPMeters.Area(request.head.uri)
        )
        HTTPResponseWriter(context.channel, terms, finished: {})
            .write(
                request.isTooLarge ? tooLarge : .text(.requestTimeout, "the request did not arrive in time")
            )
    }

    private var tooLarge: HTTPResponse {
        .text(.payloadTooLarge, "the body is larger than the \(settings.maximumBody) bytes that are accepted")
    }

    // MARK: Time

    private func tick(_ context: ChannelHandlerContext) {
        let quiet = NIODeadline.now() - lastActivity
        if let lingersUntil {
            if NIODeadline.now() > lingersUntil { context.close(promise: nil) }
        } else if !isAnswered {
            guard quiet >= TimeAmount(settings.keepAlive) else { return }
            lastActivity = .now()
            inFlight?.keepAlive()
        } else if let request = arriving {
            // From the first byte, whatever came since: a request that trickles in for ever holds its place no longer.
            if NIODeadline.now() - request.since >= TimeAmount(settings.requestTimeout) {
                refuseEarly(context)
            }
        } else if quiet >= TimeAmount(settings.idleTimeout) {
            context.close(promise: nil)
        }
    }
}
