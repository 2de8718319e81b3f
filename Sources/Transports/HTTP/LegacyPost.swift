import Gateway
import MCP
import NIOHTTP1
import RoostJSON

/// A POST of a client that speaks 2025-11-25 or older, with a session or without.
struct LegacyPost: Sendable {
    let gateway: Gateway
    let endpoint: Endpoint
    let caller: HTTPCaller

    /// Answers initialize, with the new session's id in a header.
    func initialize(_ message: Message, _ http: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)?
    {
        guard case .request(let request) = message else {
            writer.write(.empty(.accepted))
            return nil
        }
        do throws(RPCError) {
            let (session, result) = try gateway.initialize(request, endpoint: endpoint, caller: caller.caller)
            var response = HTTPResponse.json(.ok, MessageWriter.response(request.id, result: result))
            if let id = session.id { response = response.with("mcp-session-id", id) }
            writer.write(response)
        } catch {
            // On 200: older clients read the body of an error only there.
            writer.write(.json(.ok, MessageWriter.error(request.id, error)))
        }
        return nil
    }

    /// Handles any other message.
    ///
    /// `version`: what the version header says; nil when only the session knows.
    func handle(
        _ message: Message,
        _ version: ProtocolVersion?,
        _ http: HTTPRequest,
        _ writer: HTTPResponseWriter
    ) -> (any InFlight)? {
        guard let client = client(version, http) else {
            writer.write(Self.unknownSession(message))
            return nil
        }
        switch message {
        case .notification(let notification):
            LegacyNotification.handle(notification, client.session?.active)
            writer.write(.empty(.accepted))
        case .response(let response):
            guard let session = client.session else {
                writer.write(
                    MCPEndpoint.refusal(
                        nil,
                        RPCError(.invalidRequest, "a response needs the session its request came from")
                    )
                )
                return nil
            }
            session.requests.resolve(response)
            writer.write(.empty(.accepted))
        case .request(let request):
            let reply = HTTPReply(
                writer,
                for: client,
                acceptsStream: http.accepted.eventStream,
                challenge: caller.challenge
            )
            let exchange = self.exchange(request, client, reply, http)
            guard let exchange else { return nil }
            return exchange.isOver ? nil : InFlightPost(reply, [exchange], isModern: false)
        }
        return nil
    }

    /// Begins a request; nil when it was refused at once.
    func exchange(
        _ request: Request,
        _ client: Client,
        _ sink: any ReplySink,
        _ http: HTTPRequest
    ) -> Exchange? {
        do throws(RPCError) {
            let token = try ProgressToken.read(request.params?["_meta"])
            let exchange = Exchange(
                request,
                client: client,
                endpoint: endpoint,
                progressToken: token,
                sink: sink,
                transport: http.transport,
                carriedTrace: http.trace
            )
            client.session?.active.add(exchange)
            gateway.handle(exchange)
            return exchange
        } catch {
            sink.finish(MessageWriter.error(request.id, error), error: error.code)
            return nil
        }
    }

    /// Who sends; nil when the session it names is unknown, over, or somebody else's.
    func client(_ version: ProtocolVersion?, _ http: HTTPRequest) -> Client? {
        guard let id = http[.sessionID] else {
            return Client(
                version: version ?? .v2025_03_26,
                capabilities: ClientCapabilities(nil),
                principal: caller.principal,
                grants: caller.grants
            )
        }
        guard let session = gateway.sessions.session(id, endpoint: endpoint, principal: caller.principal)
        else {
            return nil
        }
        session.grants = caller.grants
        var client = session.client
        client.grants = caller.grants
        return client
    }

    /// 404 tells a client to begin anew with initialize (2025-11-25, "Session management").
    static func unknownSession(_ message: Message?) -> HTTPResponse {
        let error = RPCError(.invalidRequest, "the session is unknown or over: begin anew with initialize")
        if case .request(let request) = message {
            return MCPEndpoint.refusal(request.id, error, status: .notFound)
        }
        return MCPEndpoint.refusal(nil, error, status: .notFound)
    }
}
