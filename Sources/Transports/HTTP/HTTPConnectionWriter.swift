import NIOCore
import NIOHTTP1

/// Writes a response to a connection.
///
/// Writes the text of HTTP/1.1 itself: a response is one buffer and one system call, where the encoder's parts would be
/// three. May be used from any thread: what comes from elsewhere is handed to the connection's event loop, in order.
struct HTTPConnectionWriter: Sendable {
    private let channel: any Channel
    private let terms: HTTPResponseWriter.Terms
    private let finished: @Sendable () -> Void

    init(_ channel: any Channel, _ terms: HTTPResponseWriter.Terms, finished: @escaping @Sendable () -> Void)
    {
        self.channel = channel
        self.terms = terms
        self.finished = finished
    }

    /// Writes a whole response.
    func write(_ response: HTTPResponse) {
        guard channel.eventLoop.inEventLoop else { return channel.eventLoop.execute { self.write(response) } }
        var buffer = channel.allocator.buffer(capacity: response.body.count + 256)
        begin(response.status, response.contentType, response.headers, &buffer)
        if response.status != .noContent { buffer.writeString("content-length: \(response.body.count)\r\n") }
        buffer.writeStaticString("\r\n")
        if !terms.isHead { buffer.writeBytes(response.body) }
        end(buffer)
    }

    /// Begins a stream of events.
    func beginStream(_ headers: [(name: String, value: String)] = []) {
        onLoop { [self] in
            var buffer = channel.allocator.buffer(capacity: 256)
            begin(.ok, "text/event-stream", headers, &buffer)
            buffer.writeStaticString("cache-control: no-cache, no-transform\r\nx-accel-buffering: no\r\n")
            if terms.mayChunk { buffer.writeStaticString("transfer-encoding: chunked\r\n") }
            buffer.writeStaticString("\r\n")
            terms.meters.sent(bytes: buffer.readableBytes)
            channel.writeAndFlush(buffer, promise: nil)
        }
    }

    /// Writes text of the stream.
    func writeStream(_ bytes: [UInt8]) {
        onLoop { [self] in
            var buffer = channel.allocator.buffer(capacity: bytes.count + 16)
            if terms.mayChunk { buffer.writeString("\(String(bytes.count, radix: 16))\r\n") }
            buffer.writeBytes(bytes)
            if terms.mayChunk { buffer.writeStaticString("\r\n") }
            terms.meters.sent(bytes: buffer.readableBytes)
            channel.writeAndFlush(buffer, promise: nil)
        }
    }

    /// Ends the stream.
    func endStream() {
        onLoop { [self] in
            var buffer = channel.allocator.buffer(capacity: 8)
            if terms.mayChunk { buffer.writeStaticString("0\r\n\r\n") }
            end(buffer)
        }
    }

    /// Closes the connection without another word.
    func close() { channel.close(promise: nil) }

    /// Runs an action on the connection's event loop: at once when this is it.
    func onLoop(_ action: @escaping @Sendable () -> Void) {
        if channel.eventLoop.inEventLoop { action() } else { channel.eventLoop.execute(action) }
    }

    private func begin(
        _ status: HTTPResponseStatus,
        _ contentType: String?,
        _ headers: [(name: String, value: String)],
        _ buffer: inout ByteBuffer
    ) {
        terms.meters.answered(terms.area, status)
        if status == .ok {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
        } else {
            buffer.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        }
        buffer.writeStaticString("date: ")
        buffer.writeString(HTTPDate.now)
        buffer.writeStaticString("\r\n")
        if let contentType { buffer.writeString("content-type: \(contentType)\r\n") }
        for header in headers { buffer.writeString("\(header.name): \(header.value)\r\n") }
        for header in terms.headers { buffer.writeString("\(header.name): \(header.value)\r\n") }
        if !terms.keepsAlive { buffer.writeStaticString("connection: close\r\n") }
    }

    private func end(_ buffer: ByteBuffer) {
        terms.meters.sent(bytes: buffer.readableBytes)
        if terms.keepsAlive {
            channel.writeAndFlush(buffer, promise: nil)
        } else {
            channel.writeAndFlush(buffer).whenComplete { [channel, terms] _ in
                channel.close(mode: terms.closesOnlyOutput ? .output : .all, promise: nil)
            }
        }
        finished()
    }
}
