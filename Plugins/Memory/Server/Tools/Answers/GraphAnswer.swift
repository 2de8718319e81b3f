import RoostJSON
import RoostKit

/// A graph or a part of one, as structure and as the same JSON indented.
struct GraphAnswer: ToolOutput {
    let graph: Graph

    static func outputSchema() -> JSONObject? {
        AnswerSchema.root([
            "entities": AnswerSchema.array(of: AnswerSchema.entity),
            "relations": AnswerSchema.array(of: AnswerSchema.relation),
        ])
    }

    func toolResult() -> ToolResult {
        let structured = JSONValue(graph)
        return ToolResult([.text(IndentedJSON.text(of: structured.bytes))], structured: structured)
    }
}
