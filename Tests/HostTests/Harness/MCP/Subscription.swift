import RoostJSON
import Testing

/// An open stream of subscriptions/listen.
struct Subscription: Sendable {
    let id: JSONValue
    let stream: EventStream
    let message: JSONValue

    /// The next notification, validated, with the subscription's id expected on it.
    func next(
        within limit: Duration = .seconds(60),
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        guard let next = try await stream.nextMessage(within: limit) else {
            throw MalformedAnswer(what: "a notification", found: "the end of \(await stream.reply)")
        }
        let reply = await stream.reply
        WireSchema.expectValid([next], at: .july2026, answering: [message], shown: reply.exchange, location)
        let part = next["method"] == nil ? next["result"] : next["params"]
        #expect(part?["_meta"]?[ModernClient.subscriptionID] == id, reply.exchange, sourceLocation: location)
        return next
    }

    /// The next notification of a method, past others.
    func next(_ method: String, _ location: SourceLocation = #_sourceLocation) async throws -> JSONValue {
        while true {
            let message = try await next(location)
            if message["method"]?.string == method { return message }
        }
    }

    func close() async { await stream.close() }
}
