import RoostJSON
import Testing

/// One whole exchange: what was asked, and everything that came back.
struct Reply: Sendable, CustomStringConvertible {
    let request: HTTPRequest
    let head: HTTPHead
    let body: [UInt8]
    /// The events of a body that is an event stream.
    let events: [ServerSentEvent]
    /// The JSON-RPC messages of the body, in the order they came.
    let messages: [JSONValue]

    init(request: HTTPRequest, head: HTTPHead, body: [UInt8]) {
        var parser = EventParser()
        let events = head.contentType == "text/event-stream" ? parser.parse(body) : []
        self.init(request: request, head: head, body: body, events: events)
    }

    init(request: HTTPRequest, head: HTTPHead, body: [UInt8], events: [ServerSentEvent]) {
        self.request = request
        self.head = head
        self.body = body
        self.events = events
        let texts =
            head.contentType == "application/json"
            ? [String(decoding: body, as: UTF8.self)] : events.compactMap(\.data).filter { !$0.isEmpty }
        messages = texts.compactMap { try? JSONValue(parsing: $0) }.flatMap { $0.array ?? [$0] }
    }

    var status: Int { head.status }

    /// The message that ends the exchange: a result or an error.
    var response: JSONValue? { messages.last { $0["method"] == nil } }

    var result: JSONValue? { response?["result"] }

    var error: JSONValue? { response?["error"] }

    var code: Int64? { error?["code"]?.integer }

    /// What the host said that nobody answers, in order.
    var notifications: [JSONValue] { messages.filter { $0["method"] != nil && $0["id"] == nil } }

    /// What the host asked of the client, in order.
    var requests: [JSONValue] { messages.filter { $0["method"] != nil && $0["id"] != nil } }

    var isEventStream: Bool { head.contentType == "text/event-stream" }

    /// The exchange, for the message of a failed expectation.
    var exchange: Comment { Comment(rawValue: description) }

    var description: String {
        let text =
            body.isEmpty
            ? events.map { "\($0)" }.joined(separator: "\n") : String(decoding: body, as: UTF8.self)
        return "\n>>> \(request)\n<<< \(head)\n\(text.prefix(8000))\n"
    }

    /// The result; a failure that shows the exchange when there is none.
    func requireResult(_ location: SourceLocation = #_sourceLocation) throws -> JSONValue {
        try #require(result, exchange, sourceLocation: location)
    }

    /// Expects a JSON-RPC error under an HTTP status, with the request's id.
    func expectError(
        _ code: Int64,
        status: Int,
        id: JSONValue? = 1,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, exchange, sourceLocation: location)
        #expect(self.code == code, exchange, sourceLocation: location)
        #expect(head.contentType == "application/json", exchange, sourceLocation: location)
        #expect(error?["message"]?.string?.isEmpty == false, exchange, sourceLocation: location)
        #expect(response?["id"] == id, exchange, sourceLocation: location)
    }
}
