package import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends one request to an HTTP/1.1 server and reads the whole answer: enough for the command line to talk to a host.
package enum HTTPClient {
    /// A whole answer.
    package struct Answer: Sendable {
        package var status: UInt
        package var contentType: String
        package var body: [UInt8]
    }

    /// POSTs a body.
    ///
    /// Throws an `IOError` when there is no connection, ``ConnectionClosed`` when it ends before the answer does.
    package static func post(
        host: String,
        port: Int,
        path: String,
        headers: [(String, String)],
        body: [UInt8],
        group: any EventLoopGroup
    ) async throws -> Answer {
        try await send(
            "POST",
            path,
            to: .tcp(host: host, port: port),
            headers: headers,
            body: body,
            group: group
        )
    }

    /// Sends one request.
    ///
    /// Throws an `IOError` when there is no connection, ``ConnectionClosed`` when it ends before the answer does.
    package static func send(
        _ method: String,
        _ path: String,
        to address: HTTPAddress,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        group: any EventLoopGroup
    ) async throws -> Answer {
        let promise = group.any().makePromise(of: Answer.self)
        let channel: any Channel
        do {
            let bootstrap = ClientBootstrap(group: group)
                .connectTimeout(.seconds(5))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(AnswerCollector(promise))
                    }
                }
            channel =
                switch address {
                case .tcp(let host, let port): try await bootstrap.connect(host: host, port: port).get()
                case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
                }
        } catch {
            promise.fail(error)
            throw error
        }
        var fields = HTTPHeaders(headers)
        // A socket in the file system has no name that could stand here.
        let authority = if case .tcp = address { "\(address)" } else { "localhost" }
        fields.replaceOrAdd(name: "host", value: authority)
        fields.replaceOrAdd(name: "content-length", value: String(body.count))
        fields.replaceOrAdd(name: "connection", value: "close")
        let head = HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: method),
            uri: path,
            headers: fields
        )
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if !body.isEmpty {
            channel.write(
                HTTPClientRequestPart.body(.byteBuffer(channel.allocator.buffer(bytes: body))),
                promise: nil
            )
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        return try await promise.futureResult.get()
    }

    /// The server closed the connection before its answer was whole.
    package struct ConnectionClosed: Error {}
}

/// Gathers the parts of one answer.
private final class AnswerCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let promise: EventLoopPromise<HTTPClient.Answer>
    private var answer = HTTPClient.Answer(status: 0, contentType: "", body: [])

    init(_ promise: EventLoopPromise<HTTPClient.Answer>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answer.status = head.status.code
            answer.contentType = head.headers.first(name: "content-type") ?? ""
        case .body(let part):
            answer.body.append(contentsOf: part.readableBytesView)
        case .end:
            promise.succeed(answer)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { promise.fail(HTTPClient.ConnectionClosed()) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
