import RoostJSON

/// An event stream that is still open, read event by event.
actor EventStream {
    let request: HTTPRequest
    let head: HTTPHead
    private let connection: HTTPConnection
    private var parser = EventParser()
    private var pending: [ServerSentEvent] = []
    /// Everything read so far, for the message of a failed expectation.
    private(set) var events: [ServerSentEvent] = []

    private init(request: HTTPRequest, head: HTTPHead, connection: HTTPConnection) {
        self.request = request
        self.head = head
        self.connection = connection
    }

    /// Sends the request and reads the head; throws when the answer is no event stream.
    static func open(_ request: HTTPRequest, port: Int) async throws -> EventStream {
        let connection = try await HTTPConnection.open(port: port)
        try await connection.send(request)
        let head = try await connection.readHead(method: request.method)
        guard head.contentType == "text/event-stream", head.status == 200 else {
            var body: [UInt8] = []
            while let piece = try await connection.readBodyPiece() { body += piece }
            let reply = Reply(request: request, head: head, body: body)
            throw MalformedAnswer(what: "200 and an event stream", found: reply.description)
        }
        return EventStream(request: request, head: head, connection: connection)
    }

    /// The next event or comment; nil when the host ended the stream.
    func nextEvent(within limit: Duration = .seconds(60)) async throws -> ServerSentEvent? {
        while pending.isEmpty {
            guard let piece = try await connection.readBodyPiece(within: limit) else { return nil }
            pending = parser.parse(piece)
            events += pending
        }
        return pending.removeFirst()
    }

    /// The next JSON-RPC message; nil when the host ended the stream.
    func nextMessage(within limit: Duration = .seconds(60)) async throws -> JSONValue? {
        while let event = try await nextEvent(within: limit) {
            guard event.comment == nil, let data = event.data, !data.isEmpty else { continue }
            return try JSONValue(parsing: data)
        }
        return nil
    }

    /// The next message that has this method, past others.
    func message(_ method: String, within limit: Duration = .seconds(60)) async throws -> JSONValue {
        while let message = try await nextMessage(within: limit) {
            if message["method"]?.string == method { return message }
        }
        throw MalformedAnswer(what: method, found: "the end of the stream after \(events)")
    }

    /// What was read as one exchange.
    var reply: Reply { Reply(request: request, head: head, body: [], events: events) }

    /// Leaves the stream, as a client does that goes away.
    func close() async { await connection.close() }
}
