import MCP
import PluginRuntime
import RoostJSON

/// What is wrong with how a call ended.
enum AnswerRules {
    /// The fault, and what was found; nil when there is none.
    static func fault(
        in outcome: PluginOutcome,
        outputSchema: JSONSchema?
    ) -> (code: FindingCode, message: String)? {
        switch outcome {
        case .complete(let document): return fault(in: document.root, outputSchema)
        // Saying no is an answer, and so is a question.
        case .error, .inputRequired: return nil
        case .cancelled: return (.brokenAnswer, "ended a call as cancelled, which nobody had cancelled")
        case .failed(let failure):
            switch failure.cause {
            case .crashed: return (.crashedInCall, "ended its process")
            case .deadline: return (.hungInCall, "did not answer within the deadline")
            default: return (.brokenAnswer, found(failure.message))
            }
        }
    }

    private static func fault(
        in result: JSONView,
        _ outputSchema: JSONSchema?
    ) -> (code: FindingCode, message: String)? {
        if let violation = shape?.validate(result, named: "the result").first {
            return (.answerShape, violation.message)
        }
        guard let outputSchema, result["isError"]?.bool != true else { return nil }
        guard let structured = result["structuredContent"] else {
            return (.answerSchema, "has an outputSchema and gave no structuredContent")
        }
        let violations = outputSchema.validate(structured, named: "structuredContent")
        return violations.first.map { (.answerSchema, $0.message) }
    }

    /// What was found: the host's sentence is for an operator, who has no author beside him.
    private static func found(_ message: String) -> String {
        let begin = message.firstRange(of: "breaks its contract: ")?.upperBound ?? message.startIndex
        let end = message.firstRange(of: ". Tell its author")?.lowerBound ?? message.endIndex
        return begin <= end ? String(message[begin..<end]) : message
    }

    /// The result of tools/call (MCP 2026-07-28, CallToolResult).
    private static let shape: JSONSchema? = (try? JSONDocument(parsing: shapeText)).flatMap {
        try? JSONSchema(compiling: $0.root)
    }

    private static let shapeText = #"""
        {
          "type": "object",
          "required": ["content"],
          "properties": {
            "content": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["type"],
                "properties": { "type": { "enum": ["text", "image", "audio", "resource_link", "resource"] } },
                "allOf": [
                  { "if": { "properties": { "type": { "const": "text" } } },
                    "then": { "required": ["text"], "properties": { "text": { "type": "string" } } } },
                  { "if": { "properties": { "type": { "enum": ["image", "audio"] } } },
                    "then": { "required": ["data", "mimeType"],
                              "properties": { "data": { "type": "string" }, "mimeType": { "type": "string" } } } },
                  { "if": { "properties": { "type": { "const": "resource_link" } } },
                    "then": { "required": ["uri", "name"],
                              "properties": { "uri": { "type": "string" }, "name": { "type": "string" } } } },
                  { "if": { "properties": { "type": { "const": "resource" } } },
                    "then": { "required": ["resource"],
                              "properties": { "resource": { "type": "object", "required": ["uri"],
                                "anyOf": [ { "required": ["text"] }, { "required": ["blob"] } ] } } } }
                ]
              }
            },
            "isError": { "type": "boolean" },
            "_meta": { "type": "object" }
          }
        }
        """#
}
