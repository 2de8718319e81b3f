import Gateway
import NIOHTTP1

/// The response to a GET: a stream of a legacy session, read along or read again.
final class HTTPEventStream: InFlight, ResumableStream.Output {
    private let writer: HTTPResponseWriter
    private let stream: ResumableStream

    init(_ writer: HTTPResponseWriter, _ stream: ResumableStream) {
        self.writer = writer
        self.stream = stream
    }

    /// Begins the response and sends what came after event `number`; nil: what nobody was sent yet.
    func begin(after number: Int?) {
        writer.beginStream()
        stream.attach(self, after: number)
    }

    func write(_ event: ResumableStream.Event) {
        writer.writeStream(ServerSentEvent.message(event.message, id: event.id))
    }

    func end() { writer.endStream() }
    func keepAlive() { writer.writeStream(ServerSentEvent.keepAlive) }
    func connectionClosed() { stream.detach(self) }
}
