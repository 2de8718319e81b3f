import Gateway
import MCP
import NIOHTTP1

/// GET and DELETE of a legacy session: read what belongs to no request, resume a stream, say goodbye.
struct LegacyStreams: Sendable {
    let gateway: Gateway
    let endpoint: Endpoint
    let caller: HTTPCaller
    /// False where a stream that belongs to no request is refused; one that was cut is resumed all the same.
    var opensGeneralStreams = true

    /// Opens a stream; one that was cut is resumed after the event the client saw last.
    func get(_ request: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        guard opensGeneralStreams || request[.lastEventID] != nil else {
            writer.write(
                .text(
                    .methodNotAllowed,
                    "this host opens no stream that belongs to no request: POST a message (legacy_streams: on in host.yaml changes that)"
                )
                .with("allow", "POST, DELETE, OPTIONS")
            )
            return nil
        }
        guard let id = request[.sessionID] else {
            writer.write(
                .text(
                    .methodNotAllowed,
                    "a stream needs a session: POST initialize first, then GET with Mcp-Session-Id"
                )
                .with("allow", HTTPRoute.mcp(endpoint).methods)
            )
            return nil
        }
        guard request.accepted.eventStream else {
            writer.write(.text(.notAcceptable, "Accept must list text/event-stream"))
            return nil
        }
        guard let session = gateway.sessions.session(id, endpoint: endpoint, principal: caller.principal)
        else {
            writer.write(LegacyPost.unknownSession(nil))
            return nil
        }
        session.grants = caller.grants
        let resumed = request[.lastEventID].flatMap { session.stream(ofEvent: $0) }
        let stream = HTTPEventStream(writer, resumed?.stream ?? session.generalStream())
        stream.begin(after: resumed?.number)
        return stream
    }

    /// Ends a session.
    func delete(_ request: HTTPRequest) -> HTTPResponse {
        guard let id = request[.sessionID] else {
            return .text(.badRequest, "DELETE ends a session: name it in Mcp-Session-Id")
        }
        guard let session = gateway.sessions.session(id, endpoint: endpoint, principal: caller.principal)
        else {
            return LegacyPost.unknownSession(nil)
        }
        gateway.sessions.end(session)
        return .empty(.noContent)
    }
}
