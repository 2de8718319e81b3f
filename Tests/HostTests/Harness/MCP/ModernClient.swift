import RoostJSON
import Testing

/// A client of 2026-07-28 that validates every message it receives against the revision's schema.
struct ModernClient: Sendable {
    let port: Int
    var path = "/mcp/everything"
    var capabilities: JSONObject = ["sampling": [:], "elicitation": [:], "roots": ["listChanged": true]]

    static let version = "io.modelcontextprotocol/protocolVersion"
    static let clientInfo = "io.modelcontextprotocol/clientInfo"
    static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
    static let logLevel = "io.modelcontextprotocol/logLevel"
    static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
    static let serverInfo = "io.modelcontextprotocol/serverInfo"

    /// A client of the shared host, at one plugin's endpoint or at all plugins'.
    static func shipped(path: String = "/mcp/everything") async throws -> ModernClient {
        ModernClient(port: try await RunningHost.shipped.value.port, path: path)
    }

    /// The envelope every request carries.
    var meta: JSONObject {
        [
            Self.version: .string(Revision.july2026.rawValue),
            Self.clientInfo: ["name": "host-tests", "version": "1"],
            Self.clientCapabilities: .object(capabilities),
        ]
    }

    /// A well-formed request, for a test to send or to break first.
    func request(_ method: String, _ params: JSONObject? = [:], meta extra: JSONObject = [:]) -> ModernRequest
    {
        var meta = meta
        for member in extra.members { meta[member.key] = member.value }
        return ModernRequest(method, params, meta: meta, path: path)
    }

    /// Sends a request and reads everything until its answer.
    func send(_ request: ModernRequest, _ location: SourceLocation = #_sourceLocation) async throws -> Reply {
        let reply = try await HTTPConnection.exchange(request.http, port: port)
        WireSchema.expectValid(reply, at: .july2026, answering: [request.message], location)
        #expect(
            reply.requests.isEmpty,
            "a modern host asks nothing of a client. \(reply)",
            sourceLocation: location
        )
        return reply
    }

    func send(
        _ method: String,
        _ params: JSONObject? = [:],
        meta: JSONObject = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        try await send(request(method, params, meta: meta), location)
    }

    /// Calls a tool; nil leaves the arguments out.
    func call(
        _ tool: String,
        _ arguments: JSONObject? = [:],
        answers: JSONObject? = nil,
        state: JSONValue? = nil,
        meta: JSONObject = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        var params: JSONObject = ["name": .string(tool)]
        if let arguments { params["arguments"] = .object(arguments) }
        if let answers { params["inputResponses"] = .object(answers) }
        if let state { params["requestState"] = state }
        return try await send(request("tools/call", params, meta: meta), location)
    }

    /// Opens a stream of change notifications and reads its acknowledgement.
    func listen(
        _ notifications: JSONObject,
        id: JSONValue = 1,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Subscription {
        var request = request("subscriptions/listen", ["notifications": .object(notifications)])
        request.id = id
        let stream = try await EventStream.open(request.http, port: port)
        let subscription = Subscription(id: id, stream: stream, message: request.message)
        let first = try await subscription.next(location)
        let shown = await stream.reply.exchange
        #expect(
            first["method"] == "notifications/subscriptions/acknowledged",
            shown,
            sourceLocation: location
        )
        return subscription
    }
}
