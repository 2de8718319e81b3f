import Gateway
import MCP
import NIOHTTP1
import RoostJSON

/// An array of messages: a part of 2025-03-26 and of no other revision.
struct LegacyBatch: Sendable {
    let gateway: Gateway
    let endpoint: Endpoint
    let caller: HTTPCaller

    func handle(_ array: JSONView, _ http: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        let header = http[.protocolVersion]
        guard
            let client = LegacyPost(gateway: gateway, endpoint: endpoint, caller: caller).client(
                header.flatMap { ProtocolVersion(rawValue: $0) },
                http
            )
        else {
            writer.write(LegacyPost.unknownSession(nil))
            return nil
        }
        if let fault = fault(array, client, header) {
            writer.write(MCPEndpoint.refusal(nil, RPCError(.invalidRequest, fault)))
            return nil
        }
        var requests: [Request] = []
        var answers: [[UInt8]] = []
        for element in array.elements {
            do throws(Message.Fault) {
                switch try Message(element) {
                case .request(let request): requests.append(request)
                case .notification(let notification):
                    LegacyNotification.handle(notification, client.session?.active)
                case .response(let response): client.session?.requests.resolve(response)
                }
            } catch {
                answers.append(MessageWriter.error(error.id, error.error))
            }
        }
        guard !requests.isEmpty else {
            writer.write(
                answers.isEmpty ? .empty(.accepted) : .json(.badRequest, BatchReply.array(of: answers))
            )
            return nil
        }
        let reply = HTTPReply(
            writer,
            for: client,
            acceptsStream: http.accepted.eventStream,
            challenge: caller.challenge
        )
        let batch = BatchReply(reply, requests: requests.count, answers: answers)
        let post = LegacyPost(gateway: gateway, endpoint: endpoint, caller: caller)
        let exchanges = requests.compactMap { post.exchange($0, client, batch, http) }
        return exchanges.allSatisfy(\.isOver) ? nil : InFlightPost(reply, exchanges, isModern: false)
    }

    private func fault(_ array: JSONView, _ client: Client, _ header: String?) -> String? {
        if array.elements.contains(where: { EraDetector.carriesEnvelope($0["params"]) })
            || !client.version.allowsBatches
        {
            return "an array of messages is allowed in revision 2025-03-26 only: send one message at a time"
        }
        if array.count == 0 { return "an array of messages must not be empty" }
        if array.elements.contains(where: { $0["method"]?.equals("initialize") == true }) {
            return "initialize must not be part of an array"
        }
        return nil
    }
}
