import Gateway
import MCP
import NIOHTTP1
import RoostJSON

/// A POST of a client that speaks 2026-07-28 or later: every request stands for itself.
struct ModernPost: Sendable {
    let gateway: Gateway
    let endpoint: Endpoint
    let caller: HTTPCaller

    func handle(_ message: Message, _ http: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        guard case .request(let request) = message else {
            writer.write(.empty(.accepted))
            return nil
        }
        let lookup: HeaderMirror.Lookup = { http.values(of: $0) }
        do throws(RPCError) {
            let stated = try ModernEnvelope.read(request)
            if !http.isLocal {
                try HeaderMirror.check(request, statedVersion: stated.statedVersion, lookup)
            }
            let envelope = try stated.accept()
            let client = Client(
                version: envelope.version,
                capabilities: envelope.capabilities,
                info: envelope.clientInfo,
                principal: caller.principal,
                grants: caller.grants,
                logLevel: envelope.logLevel
            )
            let reply = HTTPReply(
                writer,
                for: client,
                acceptsStream: http.accepted.eventStream,
                challenge: caller.challenge
            )
            let exchange = Exchange(
                request,
                client: client,
                endpoint: endpoint,
                progressToken: envelope.progressToken,
                sink: reply,
                mirroredHeaders: http.isLocal ? nil : lookup,
                transport: http.transport,
                carriedTrace: http.trace
            )
            gateway.handle(exchange)
            return exchange.isOver ? nil : InFlightPost(reply, [exchange], isModern: true)
        } catch {
            writer.write(MCPEndpoint.refusal(request.id, error))
            return nil
        }
    }
}
