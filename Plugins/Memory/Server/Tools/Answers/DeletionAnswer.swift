import RoostJSON
import RoostKit

/// A sentence that the deletion was done, in upstream's words.
struct DeletionAnswer: ToolOutput {
    let message: String

    static func outputSchema() -> JSONObject? {
        AnswerSchema.root(["success": ["type": "boolean"], "message": AnswerSchema.text])
    }

    func toolResult() -> ToolResult {
        ToolResult([.text(message)], structured: ["success": true, "message": .string(message)])
    }
}
