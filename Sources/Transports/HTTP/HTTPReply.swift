import Gateway
import MCP
import Synchronization

/// The answer to one POST: plain JSON while nothing came before it, a stream of events otherwise.
///
/// ```
/// undecided ── finish ──────────────> one JSON response, the status tells how it went
///     │ send, or quiet for long
///     v
///  streaming ── finish ─────────────> last event, end
///     │ close (legacy 2025-11-25)
///     v
///  detached ── finish ──────────────> kept for the client that comes back with Last-Event-ID
/// ```
final class HTTPReply: ReplySink {
    private enum Phase {
        case undecided
        case streaming(ResumableStream?)
        case detached(ResumableStream)
        case over
    }

    private let writer: HTTPResponseWriter
    private let client: Client?
    private let challenge: Challenge?
    /// False when the client does not read event streams: then nothing is sent ahead of the answer.
    private let acceptsStream: Bool
    private let phase = Mutex(Phase.undecided)
    /// What the request was refused for, and the limits it was held to.
    private let notes = Mutex(Notes())

    private struct Notes {
        var refusal: Refusal?
        var quotas: [Quota] = []
    }

    /// `challenge`: what a caller is told that may not do what it asks; nil where there is no authentication.
    init(_ writer: HTTPResponseWriter, for client: Client?, acceptsStream: Bool, challenge: Challenge? = nil)
    {
        self.writer = writer
        self.challenge = challenge
        self.client = client
        self.acceptsStream = acceptsStream
    }

    func send(_ message: [UInt8]) {
        guard acceptsStream else { return }
        phase.withLock { phase in
            if case .undecided = phase { phase = begin() }
            emit(message, phase)
        }
    }

    func finish(_ message: [UInt8], error: RPCError.Code?) {
        phase.withLock { phase in
            switch phase {
            case .undecided:
                writer.write(response(message, error))
            case .streaming(let stream):
                emit(message, phase)
                if let stream { stream.finish() } else { writer.endStream() }
            case .detached(let stream):
                stream.append(message)
                stream.finish()
            case .over:
                break
            }
            phase = .over
        }
    }

    func refused(_ refusal: Refusal) { notes.withLock { $0.refusal = refusal } }

    func limited(by quotas: [Quota]) { notes.withLock { $0.quotas = quotas } }

    private func response(_ message: [UInt8], _ error: RPCError.Code?) -> HTTPResponse {
        let isModern = client?.version.isModern ?? true
        let (refusal, quotas) = notes.withLock { ($0.refusal, $0.quotas) }
        if let refusal {
            return HTTPRefusal.response(to: refusal, message, isModern: isModern, challenge)
        }
        let response = HTTPResponse.json(HTTPStatusMapping.status(of: error, isModern: isModern), message)
        return quotas.isEmpty ? response : HTTPRefusal.adding(quotas, to: response)
    }

    func close(retry: Duration) -> Bool {
        guard let client, client.session != nil, client.version.allowsPolling, acceptsStream else {
            return false
        }
        return phase.withLock { phase in
            if case .undecided = phase { phase = begin() }
            guard case .streaming(let stream?) = phase else { return false }
            writer.writeStream(ServerSentEvent.retry(retry))
            phase = .detached(stream)
            stream.detach(self)
            writer.endStream()
            return true
        }
    }

    /// Says that somebody still works on the request; after long silence that begins the stream.
    func keepAlive() {
        guard acceptsStream else { return }
        phase.withLock { phase in
            if case .undecided = phase { phase = begin() }
            if case .streaming = phase { writer.writeStream(ServerSentEvent.keepAlive) }
        }
    }

    /// The connection is gone.
    ///
    /// A legacy client may come back for what is still to come.
    func connectionClosed() {
        phase.withLock { phase in
            switch phase {
            case .streaming(let stream?):
                stream.detach(self)
                phase = .detached(stream)
            case .streaming(nil), .undecided:
                phase = .over
            case .detached, .over:
                break
            }
        }
    }

    private func begin() -> Phase {
        writer.beginStream()
        guard let session = client?.session else { return .streaming(nil) }
        let stream = session.openStream()
        if session.version.allowsPolling { writer.writeStream(ServerSentEvent.opening(id: stream.openingID)) }
        stream.attach(self, after: 0)
        return .streaming(stream)
    }

    private func emit(_ message: [UInt8], _ phase: Phase) {
        switch phase {
        case .streaming(let stream?), .detached(let stream): stream.append(message)
        case .streaming(nil): writer.writeStream(ServerSentEvent.message(message))
        case .undecided, .over: break
        }
    }
}

extension HTTPReply: ResumableStream.Output {
    func write(_ event: ResumableStream.Event) {
        writer.writeStream(ServerSentEvent.message(event.message, id: event.id))
    }

    func end() { writer.endStream() }
}
