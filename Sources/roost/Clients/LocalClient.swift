import Gateway
import MCP
import PluginRuntime
import RoostJSON
import Synchronization

/// Asks the plugins of this process.
struct LocalClient: MCPClient {
    let gateway: Gateway
    let endpoint: Endpoint
    /// What this client says it can do, as MCP shapes it.
    var capabilities: JSONObject = [:]

    func request(_ method: String, _ params: JSONObject) async throws -> JSONValue {
        let document = try JSONDocument(parsing: JSONValue.object(params).bytes)
        let abilities = try JSONDocument(parsing: JSONValue.object(capabilities).bytes)
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<[UInt8], Never>) in
            let exchange = Exchange(
                Request(id: .integer(1), method: method, params: document.root),
                client: Client(version: .v2026_07_28, capabilities: ClientCapabilities(abilities.root)),
                endpoint: endpoint,
                progressToken: nil,
                sink: AnswerSink(continuation),
                transport: .local
            )
            gateway.handle(exchange)
        }
        return try RemoteClient.result(of: answer)
    }
}

/// Takes the one answer of an exchange.
private final class AnswerSink: ReplySink {
    private let continuation: CheckedContinuation<[UInt8], Never>

    init(_ continuation: CheckedContinuation<[UInt8], Never>) { self.continuation = continuation }

    func send(_ message: [UInt8]) {}
    func finish(_ message: [UInt8], error: RPCError.Code?) { continuation.resume(returning: message) }
    func close(retry: Duration) -> Bool { false }
}
