import Gateway
import MCP
import NIOCore
import NIOHTTP1
import RoostJSON

/// What POST, GET and DELETE mean at an MCP address, for clients of every revision (Streamable HTTP).
///
/// The steps of a POST stand in the order of their checks, so that the first fault is the one that is reported:
/// media types, JSON, envelope, era; then ModernPost or LegacyPost goes on.
struct MCPEndpoint: Sendable {
    let gateway: Gateway
    let endpoint: Endpoint
    let caller: HTTPCaller
    /// False where GET opens no stream that belongs to no request.
    var legacyStreams = true

    /// Answers a request, or begins to.
    ///
    /// - Returns: What is under way; nil when the answer is written.
    func handle(_ request: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        switch request.head.method {
        case .POST: return post(request, writer)
        case .GET:
            return LegacyStreams(
                gateway: gateway,
                endpoint: endpoint,
                caller: caller,
                opensGeneralStreams: legacyStreams
            )
            .get(request, writer)
        case .DELETE:
            writer.write(LegacyStreams(gateway: gateway, endpoint: endpoint, caller: caller).delete(request))
            return nil
        default:
            writer.write(
                .text(
                    .methodNotAllowed,
                    "\(request.head.method.rawValue) is not answered here: POST a JSON-RPC message"
                )
                .with("allow", HTTPRoute.mcp(endpoint).methods)
            )
            return nil
        }
    }

    private func post(_ request: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        guard request.isJSON else {
            writer.write(
                .text(
                    .unsupportedMediaType,
                    "Content-Type must be application/json; found \(request[.contentType] ?? "none")"
                )
            )
            return nil
        }
        let accepted = request.accepted
        guard accepted.json || accepted.eventStream else {
            writer.write(.text(.notAcceptable, "Accept must list application/json and text/event-stream"))
            return nil
        }
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: request.body)
        } catch {
            writer.write(Self.refusal(nil, RPCError(.parseError, "the body is not valid JSON: \(error)")))
            return nil
        }
        if document.root.kind == .array {
            return LegacyBatch(gateway: gateway, endpoint: endpoint, caller: caller).handle(
                document.root,
                request,
                writer
            )
        }
        do throws(Message.Fault) {
            return handle(try Message(document.root), request, writer)
        } catch {
            writer.write(Self.refusal(error.id, error.error))
            return nil
        }
    }

    private func handle(
        _ message: Message,
        _ request: HTTPRequest,
        _ writer: HTTPResponseWriter
    ) -> (any InFlight)? {
        let era = EraDetector.classify(
            message,
            versionHeader: request[.protocolVersion],
            hasSession: request[.sessionID] != nil
        )
        switch era {
        case .modern:
            return ModernPost(gateway: gateway, endpoint: endpoint, caller: caller).handle(
                message,
                request,
                writer
            )
        case .legacyInitialize:
            return LegacyPost(gateway: gateway, endpoint: endpoint, caller: caller).initialize(
                message,
                request,
                writer
            )
        case .legacy(let version):
            return LegacyPost(gateway: gateway, endpoint: endpoint, caller: caller).handle(
                message,
                version,
                request,
                writer
            )
        case .unsupported(let version):
            let error = RPCError(
                .unsupportedProtocolVersion,
                "MCP-Protocol-Version \(version) is not supported",
                data: [
                    "supported": .array(ProtocolVersion.modern.map { .string($0.rawValue) }),
                    "requested": .string(version),
                ]
            )
            var id: RequestID?
            if case .request(let request) = message { id = request.id }
            writer.write(Self.refusal(id, error))
            return nil
        }
    }

    /// A request that is refused before it reaches the gateway: always with a status that says so.
    static func refusal(
        _ id: RequestID?,
        _ error: RPCError,
        status: HTTPResponseStatus = .badRequest
    ) -> HTTPResponse {
        .json(status, MessageWriter.error(id, error))
    }
}
