import RoostJSON
import RoostKit

/// The entities that were really added: an array as text, an object around it as structure.
struct EntitiesAnswer: ToolOutput {
    let outcome: AdditionOutcome<Entity>

    static func outputSchema() -> JSONObject? {
        AnswerSchema.root(["entities": AnswerSchema.array(of: AnswerSchema.entity)])
    }

    func toolResult() -> ToolResult {
        .additions(outcome.added.map { JSONValue($0) }, under: "entities", repetitions: outcome.repetitions)
    }
}
