import RoostJSON
import Testing

/// A client of the revisions with initialize and sessions that validates every message it receives.
struct LegacyClient: Sendable {
    let port: Int
    let path: String
    let revision: Revision
    /// The session id the host gave, if it gave one.
    let session: String?
    /// The exchange of initialize.
    let initialized: Reply

    static let capabilities: JSONObject = ["sampling": [:], "elicitation": [:]]

    /// Initializes a session on the shared host.
    static func shipped(
        _ revision: Revision,
        path: String = "/mcp/everything",
        capabilities: JSONObject = capabilities,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> LegacyClient {
        let port = try await RunningHost.shipped.value.port
        return try await connect(port: port, path: path, revision, capabilities: capabilities, location)
    }

    /// Sends initialize without a version header, then notifications/initialized.
    static func connect(
        port: Int,
        path: String,
        _ revision: Revision,
        capabilities: JSONObject = capabilities,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> LegacyClient {
        let message = initialize(revision.rawValue, capabilities: capabilities)
        let request = HTTPRequest(method: "POST", target: path, fields: fields, body: message.bytes)
        let reply = try await HTTPConnection.exchange(request, port: port)
        WireSchema.expectValid(reply, at: revision, answering: [message], location)
        #expect(reply.status == 200, reply.exchange, sourceLocation: location)
        #expect(
            reply.result?["protocolVersion"]?.string == revision.rawValue,
            reply.exchange,
            sourceLocation: location
        )
        let client = LegacyClient(
            port: port,
            path: path,
            revision: revision,
            session: reply.head["Mcp-Session-Id"],
            initialized: reply
        )
        try await client.notify("notifications/initialized", nil, location)
        return client
    }

    static func initialize(_ version: String, capabilities: JSONObject = capabilities) -> JSONValue {
        [
            "jsonrpc": "2.0", "id": 0, "method": "initialize",
            "params": [
                "protocolVersion": .string(version), "capabilities": .object(capabilities),
                "clientInfo": ["name": "host-tests", "version": "1"],
            ],
        ]
    }

    static let fields: HTTPFields = [
        "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
    ]

    /// The headers of every request after initialize.
    var fields: HTTPFields {
        var fields = Self.fields
        fields["Mcp-Session-Id"] = session
        if revision != .march2025 { fields["MCP-Protocol-Version"] = revision.rawValue }
        return fields
    }

    /// A POST of this session that carries the message.
    func post(_ message: JSONValue) -> HTTPRequest {
        HTTPRequest(method: "POST", target: path, fields: fields, body: message.bytes)
    }

    static func message(_ method: String, _ params: JSONObject?, id: JSONValue? = 1) -> JSONValue {
        var message: JSONObject = ["jsonrpc": "2.0"]
        if let id { message["id"] = id }
        message["method"] = .string(method)
        if let params { message["params"] = .object(params) }
        return .object(message)
    }

    /// Sends a request and reads until its answer, answering by method what the host asks meanwhile.
    func send(
        _ method: String,
        _ params: JSONObject? = nil,
        id: JSONValue = 1,
        answering answers: JSONObject = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        let message = Self.message(method, params, id: id)
        let request = post(message)
        let connection = try await HTTPConnection.open(port: port)
        try await connection.send(request)
        let head = try await connection.readHead()
        var parser = EventParser()
        var body: [UInt8] = []
        while let piece = try await connection.readBodyPiece() {
            body += piece
            guard head.contentType == "text/event-stream" else { continue }
            for event in parser.parse(piece) { try await answer(event, from: answers, location) }
        }
        await connection.close()
        let reply = Reply(request: request, head: head, body: body)
        WireSchema.expectValid(reply, at: revision, answering: [message], location)
        return reply
    }

    /// Calls a tool.
    func call(
        _ tool: String,
        _ arguments: JSONObject? = [:],
        meta: JSONObject? = nil,
        answering answers: JSONObject = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        var params: JSONObject = ["name": .string(tool)]
        if let arguments { params["arguments"] = .object(arguments) }
        if let meta { params["_meta"] = .object(meta) }
        return try await send("tools/call", params, answering: answers, location)
    }

    /// Sends a notification and expects 202 without a body.
    func notify(
        _ method: String,
        _ params: JSONObject? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await HTTPConnection.exchange(post(Self.message(method, params, id: nil)), port: port)
        #expect(reply.status == 202 && reply.body.isEmpty, reply.exchange, sourceLocation: location)
    }

    /// Opens the session's own stream, or resumes one after an event.
    func listen(after lastEvent: String? = nil) async throws -> EventStream {
        var request = HTTPRequest(method: "GET", target: path, fields: fields)
        request.fields["Content-Type"] = nil
        request.fields["Accept"] = "text/event-stream"
        request.fields["Last-Event-ID"] = lastEvent
        return try await EventStream.open(request, port: port)
    }

    /// Ends the session.
    func terminate() async throws -> Reply {
        var request = HTTPRequest(method: "DELETE", target: path, fields: fields)
        request.fields["Content-Type"] = nil
        return try await HTTPConnection.exchange(request, port: port)
    }

    private func answer(
        _ event: ServerSentEvent,
        from answers: JSONObject,
        _ location: SourceLocation
    ) async throws {
        guard let data = event.data, let asked = try? JSONValue(parsing: data),
            let method = asked["method"]?.string, let id = asked["id"]
        else { return }
        let answer: JSONValue =
            if let result = answers[method] {
                ["jsonrpc": "2.0", "id": id, "result": result]
            } else {
                [
                    "jsonrpc": "2.0", "id": id,
                    "error": ["code": -32601, "message": "this client was not told to"],
                ]
            }
        let reply = try await HTTPConnection.exchange(post(answer), port: port)
        #expect(reply.status == 202 && reply.body.isEmpty, reply.exchange, sourceLocation: location)
    }
}
