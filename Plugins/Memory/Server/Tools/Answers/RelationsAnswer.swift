import RoostJSON
import RoostKit

/// The relations that were really added: an array as text, an object around it as structure.
struct RelationsAnswer: ToolOutput {
    let outcome: AdditionOutcome<Relation>

    static func outputSchema() -> JSONObject? {
        AnswerSchema.root(["relations": AnswerSchema.array(of: AnswerSchema.relation)])
    }

    func toolResult() -> ToolResult {
        .additions(outcome.added.map { JSONValue($0) }, under: "relations", repetitions: outcome.repetitions)
    }
}
