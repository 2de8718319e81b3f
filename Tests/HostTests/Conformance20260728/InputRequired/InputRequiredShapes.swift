import RoostJSON
import Testing

/// One round of a request that asks its client for something.
enum InputRequiredShapes {
    /// The question under a key, expected to be of a kind; the answer must be an unfinished result.
    static func question(
        _ key: String,
        _ kind: String,
        in reply: Reply,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        #expect(reply.status == 200, reply.exchange, sourceLocation: location)
        #expect(reply.result?["resultType"] == "input_required", reply.exchange, sourceLocation: location)
        #expect(reply.result?["ttlMs"] == nil, reply.exchange, sourceLocation: location)
        let asked = try #require(
            reply.result?["inputRequests"]?[key],
            reply.exchange,
            sourceLocation: location
        )
        #expect(asked["method"]?.string == kind, reply.exchange, sourceLocation: location)
        #expect(asked["id"] == nil && asked["jsonrpc"] == nil, reply.exchange, sourceLocation: location)
        return asked
    }

    /// The text of a finished result.
    static func completeText(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws -> String {
        #expect(reply.result?["resultType"] == "complete", reply.exchange, sourceLocation: location)
        return try ToolShapes.text(reply, location)
    }

    static func state(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws -> String {
        let state = reply.result?["requestState"]?.string
        return try #require(state, reply.exchange, sourceLocation: location)
    }

    /// An elicitation the person accepted.
    static func accepted(_ content: JSONObject) -> JSONValue {
        ["action": "accept", "content": .object(content)]
    }

    static let sampled: JSONValue = [
        "role": "assistant", "content": ["type": "text", "text": "Paris"], "model": "test-model",
        "stopReason": "endTurn",
    ]

    static let roots: JSONValue = ["roots": [["uri": "file:///test/root", "name": "Test Root"]]]
}
