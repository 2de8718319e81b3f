package import Gateway
import MCP
import RoostJSON
import Synchronization

/// One MCP conversation over lines: messages in, messages out, every revision on one pipe (all revisions, "stdio").
///
/// Nothing pins the pipe to an era: each message is read by the rules it states, so a client may probe with
/// server/discover and go on with initialize, or the other way round.
package final class StdioConnection: Sendable {
    private let gateway: Gateway
    private let endpoint: Endpoint
    private let write: @Sendable ([UInt8]) -> Void
    /// Requests of modern clients; those of a legacy client belong to its session.
    private let active = ActiveRequests()
    private let session = Mutex<Session?>(nil)

    /// Answers through `write`, which takes one message without its newline and may be called from any thread.
    package init(gateway: Gateway, endpoint: Endpoint, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.gateway = gateway
        self.endpoint = endpoint
        self.write = write
    }

    /// Takes one line.
    ///
    /// Never fails: whatever cannot be read is answered with an error.
    package func receive(_ line: [UInt8]) {
        do throws(JSONError) {
            receive(try JSONDocument(parsing: line).root)
        } catch {
            write(MessageWriter.error(nil, RPCError(.parseError, "the line is not valid JSON: \(error)")))
        }
    }

    /// Answers a line that was longer than the host accepts; its text is gone.
    package func receiveOverlong(maximum: Int) {
        write(
            MessageWriter.error(
                nil,
                RPCError(.invalidRequest, "the message is longer than the \(maximum) bytes that are accepted")
            )
        )
    }

    /// The client closed its end: whatever is still under way is cancelled.
    package func close() {
        active.cancelAll()
        session.withLock { $0 }?.end()
    }

    private func receive(_ view: JSONView) {
        if view.kind == .array {
            guard session.withLock({ $0 })?.version.allowsBatches == true, view.count > 0 else {
                return write(
                    MessageWriter.error(
                        nil,
                        RPCError(
                            .invalidRequest,
                            "an array of messages is allowed in revision 2025-03-26 only"
                        )
                    )
                )
            }
            // A stream of lines needs no array to answer with: every response is a message of its own.
            for element in view.elements { receive(element) }
            return
        }
        do throws(Message.Fault) {
            receive(try Message(view))
        } catch {
            write(MessageWriter.error(error.id, error.error))
        }
    }

    private func receive(_ message: Message) {
        switch message {
        case .request(let request): receive(request)
        case .notification(let notification):
            LegacyNotification.handle(notification, active)
            LegacyNotification.handle(notification, session.withLock { $0 }?.active)
        case .response(let response):
            session.withLock { $0 }?.requests.resolve(response)
        }
    }

    private func receive(_ request: Request) {
        do throws(RPCError) {
            if EraDetector.carriesEnvelope(request.params) {
                begin(request, try modernClient(request), active)
            } else if request.method == "initialize" {
                try initialize(request)
            } else if let session = session.withLock({ $0 }) {
                begin(request, session.client, session.active)
            } else if request.method == "ping" {
                write(MessageWriter.response(request.id, result: Array("{}".utf8)))
            } else {
                throw RPCError(
                    .invalidParams,
                    "\(request.method) came without params._meta (2026-07-28) and before initialize (older revisions): send one of them"
                )
            }
        } catch {
            write(MessageWriter.error(request.id, error))
        }
    }

    private func modernClient(_ request: Request) throws(RPCError) -> Client {
        let envelope = try ModernEnvelope.read(request).accept()
        return Client(
            version: envelope.version,
            capabilities: envelope.capabilities,
            info: envelope.clientInfo,
            logLevel: envelope.logLevel
        )
    }

    private func begin(_ request: Request, _ client: Client, _ active: ActiveRequests) {
        do throws(RPCError) {
            let token = try ProgressToken.read(request.params?["_meta"])
            let exchange = Exchange(
                request,
                client: client,
                endpoint: endpoint,
                progressToken: token,
                sink: StdioReply(write: write),
                transport: .stdio
            )
            active.add(exchange)
            gateway.handle(exchange)
        } catch {
            write(MessageWriter.error(request.id, error))
        }
    }

    private func initialize(_ request: Request) throws(RPCError) {
        let (session, result) = try gateway.initialize(request, endpoint: endpoint)
        let before = self.session.withLock { current in
            defer { current = session }
            return current
        }
        before?.end()
        write(MessageWriter.response(request.id, result: result))
        session.generalStream().attach(StdioStream(write: write), after: nil)
    }
}

/// Answers on the shared pipe.
private final class StdioReply: ReplySink {
    private let write: @Sendable ([UInt8]) -> Void

    init(write: @escaping @Sendable ([UInt8]) -> Void) { self.write = write }

    func send(_ message: [UInt8]) { write(message) }
    func finish(_ message: [UInt8], error: RPCError.Code?) { write(message) }
    func close(retry: Duration) -> Bool { false }
}

/// Writes what belongs to no request of a legacy client.
private final class StdioStream: ResumableStream.Output {
    private let write: @Sendable ([UInt8]) -> Void

    init(write: @escaping @Sendable ([UInt8]) -> Void) { self.write = write }

    func write(_ event: ResumableStream.Event) { write(event.message) }
    func end() {}
}
