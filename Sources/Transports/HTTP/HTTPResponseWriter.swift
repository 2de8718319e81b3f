import NIOCore
import NIOHTTP1

/// Writes the one response of one request to its connection, whole or as a stream of server-sent events.
///
/// May be used from any thread: what comes from elsewhere is handed to the connection's event loop, in order.
final class HTTPResponseWriter: Sendable {
    private let channel: any Channel
    private let keepsAlive: Bool
    private let isHead: Bool
    /// Headers that every response to this request carries: CORS for a browser that may call.
    private let commonHeaders: HTTPHeaders
    private let finished: @Sendable () -> Void

    init(
        _ channel: any Channel, keepsAlive: Bool, isHead: Bool, commonHeaders: HTTPHeaders,
        finished: @escaping @Sendable () -> Void
    ) {
        self.channel = channel
        self.keepsAlive = keepsAlive
        self.isHead = isHead
        self.commonHeaders = commonHeaders
        self.finished = finished
    }

    var eventLoop: any EventLoop { channel.eventLoop }

    /// Writes a whole response.
    func write(_ response: HTTPResponse) {
        onLoop { [self] in
            var headers = response.headers
            if response.status != .noContent {
                headers.replaceOrAdd(name: "content-length", value: String(response.body.count))
            }
            head(response.status, headers)
            if !response.body.isEmpty, !isHead { body(response.body) }
            end()
        }
    }

    /// Begins a stream of events.
    func beginStream(_ extra: HTTPHeaders = [:]) {
        onLoop { [self] in
            var headers: HTTPHeaders = [
                "content-type": "text/event-stream", "cache-control": "no-cache, no-transform",
                "x-accel-buffering": "no",
            ]
            headers.add(contentsOf: extra)
            head(.ok, headers)
            channel.flush()
        }
    }

    /// Writes text of the stream.
    func writeStream(_ bytes: [UInt8]) {
        onLoop { [self] in
            body(bytes)
            channel.flush()
        }
    }

    /// Ends the stream.
    func endStream() { onLoop { [self] in end() } }

    private func onLoop(_ action: @escaping @Sendable () -> Void) {
        if channel.eventLoop.inEventLoop { action() } else { channel.eventLoop.execute(action) }
    }

    private func head(_ status: HTTPResponseStatus, _ headers: HTTPHeaders) {
        var headers = headers
        headers.add(contentsOf: commonHeaders)
        if !keepsAlive { headers.replaceOrAdd(name: "connection", value: "close") }
        channel.write(
            HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers)), promise: nil)
    }

    private func body(_ bytes: [UInt8]) {
        channel.write(HTTPServerResponsePart.body(.byteBuffer(channel.allocator.buffer(bytes: bytes))), promise: nil)
    }

    private func end() {
        let done = channel.eventLoop.makePromise(of: Void.self)
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: done)
        if !keepsAlive { done.futureResult.whenComplete { [channel] _ in channel.close(promise: nil) } }
        finished()
    }
}
