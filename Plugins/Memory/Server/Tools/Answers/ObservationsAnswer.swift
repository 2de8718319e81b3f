import RoostJSON
import RoostKit

/// What was really added to each entity of the call: an array as text, an object around it as structure.
struct ObservationsAnswer: ToolOutput {
    let outcome: AdditionOutcome<EntityObservations>

    static func outputSchema() -> JSONObject? {
        let result = AnswerSchema.object([
            "entityName": AnswerSchema.text, "addedObservations": AnswerSchema.array(of: AnswerSchema.text),
        ])
        return AnswerSchema.root(["results": AnswerSchema.array(of: result)])
    }

    func toolResult() -> ToolResult {
        let results: [JSONValue] = outcome.added.map {
            ["entityName": .string($0.entityName), "addedObservations": JSONValue($0.observations)]
        }
        return .additions(results, under: "results", repetitions: outcome.repetitions)
    }
}
