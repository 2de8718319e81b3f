package import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// Puts results that are too long for the way to the client where the client can fetch them, and answers with the address.
///
/// RunPod's load balancer passes on 30 MB and loses what is longer. Stands behind the cache, so that the short answer is what
/// is kept there.
package struct LargeAnswers: Policy {
    /// Keeps a result under an id; its address, or a sentence that says why it could not be kept.
    package typealias Keep = @Sendable (_ result: [UInt8], _ id: String) async -> Kept

    /// What became of a result that was to be kept.
    package enum Kept: Sendable, Equatable {
        case at(uri: String)
        case nowhere(because: String)
    }

    private let limit: Int
    private let keep: Keep

    /// `limit`: bytes of a result that go to the client as they are.
    package init(limit: Int, keep: @escaping Keep) {
        self.limit = limit
        self.keep = keep
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        let attempt = call.attempt(with: call.request)
        attempt.whenFinished { [limit, keep, attempt] outcome in
            guard case .complete(let document) = outcome, document.root.bytes.count > limit else {
                return call.finish(outcome, as: attempt)
            }
            let result = Array(document.root.bytes)
            let id = "\(call.plugin.alias)-\(UInt64.random(in: 0 ... .max))"
            Task {
                let kept = await keep(result, id)
                call.finish(Self.outcome(kept, of: document, limit: limit, for: call), as: attempt)
            }
        }
        next.handle(attempt)
    }

    private static func outcome(
        _ kept: Kept,
        of document: JSONDocument,
        limit: Int,
        for call: PluginCall
    ) -> PluginOutcome {
        let bytes = document.root.bytes.count
        let sentence =
            switch kept {
            case .at(let uri):
                "the answer has \(bytes) bytes and at most \(limit) reach you from here; it stands whole at \(uri)"
            case .nowhere(let reason):
                "the answer has \(bytes) bytes, at most \(limit) reach you from here, and it could not be kept elsewhere: \(reason)"
            }
        guard let tool = call.tool else {
            var data: JSONObject = ["bytes": .integer(Int64(bytes))]
            if case .at(let uri) = kept { data["uri"] = .string(uri) }
            let error: JSONValue = ["code": -32603, "message": .string(sentence), "data": .object(data)]
            return read(error).map { .error($0) } ?? .complete(document)
        }
        var content: [JSONValue] = [["type": "text", "text": .string(sentence)]]
        var isError = document.root["isError"]?.bool ?? false
        switch kept {
        case .at(let uri):
            content.append([
                "type": "resource_link", "uri": .string(uri), "name": .string("\(tool.name).json"),
                "mimeType": "application/json", "size": .integer(Int64(bytes)),
            ])
        case .nowhere: isError = true
        }
        var result: JSONObject = ["content": .array(content)]
        // What a tool promises in its output schema is not here: only an error need not have it.
        if isError || document.root["structuredContent"] != nil { result["isError"] = true }
        return read(.object(result)).map { .complete($0) } ?? .complete(document)
    }

    private static func read(_ value: JSONValue) -> JSONDocument? { try? JSONDocument(parsing: value.bytes) }
}
