import NIOCore

/// Writes the one response of one request, whole or as a stream of server-sent events, to wherever the request came from.
///
/// May be used from any thread.
final class HTTPResponseWriter: Sendable {
    /// What the request decides about its response.
    struct Terms: Sendable {
        var keepsAlive: Bool
        /// True for HEAD: headers as for GET, and no body.
        var isHead: Bool
        /// False for HTTP/1.0, where a stream ends with its connection.
        var mayChunk: Bool
        /// True where the client may still be sending: then only this side of the connection is closed.
        var closesOnlyOutput = false
        /// Headers that every response to this request carries: CORS for a browser that may call.
        var headers: [(name: String, value: String)]
        /// What counts the response.
        var meters: HTTPMeters
        var area = HTTPMeters.Area.other
    }

    /// Where the request came from.
    private enum Output {
        case connection(HTTPConnectionWriter)
        /// No connection: this process asks itself.
        case local(LocalOutput, isHead: Bool)
    }

    private let output: Output

    init(_ channel: any Channel, _ terms: Terms, finished: @escaping @Sendable () -> Void) {
        output = .connection(HTTPConnectionWriter(channel, terms, finished: finished))
    }

    init(_ local: LocalOutput, isHead: Bool) { output = .local(local, isHead: isHead) }

    /// Writes a whole response.
    func write(_ response: HTTPResponse) {
        switch output {
        case .connection(let writer): writer.write(response)
        case .local(let local, let isHead): local.write(response, isHead: isHead)
        }
    }

    /// Begins a stream of events.
    func beginStream(_ headers: [(name: String, value: String)] = []) {
        switch output {
        case .connection(let writer): writer.beginStream(headers)
        case .local(let local, _): local.beginStream(headers)
        }
    }

    /// Writes text of the stream: whole events.
    func writeStream(_ bytes: [UInt8]) {
        switch output {
        case .connection(let writer): writer.writeStream(bytes)
        case .local(let local, _): local.writeStream(bytes)
        }
    }

    /// Ends the stream.
    func endStream() {
        switch output {
        case .connection(let writer): writer.endStream()
        case .local(let local, _): local.endStream()
        }
    }

    /// Closes the connection without another word.
    func close() {
        switch output {
        case .connection(let writer): writer.close()
        case .local(let local, _): local.close()
        }
    }

    /// Runs an action on the connection's event loop: at once when this is it, or when there is none.
    func onLoop(_ action: @escaping @Sendable () -> Void) {
        switch output {
        case .connection(let writer): writer.onLoop(action)
        case .local: action()
        }
    }
}
