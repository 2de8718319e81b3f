import RoostJSON
import RoostKit

/// An answer that is one JSON object, as structure and as the same JSON indented.
protocol StructuredAnswer: ToolOutput {
    /// The members of the object.
    static var properties: JSONObject { get }
    /// Those of them that may be left out.
    static var optional: [String] { get }
    var object: JSONObject { get }
}

extension StructuredAnswer {
    static var optional: [String] { [] }

    static func outputSchema() -> JSONObject? {
        var schema = AnswerSchema.root(properties)
        schema["required"] = .array(properties.keys.filter { !optional.contains($0) }.map(JSONValue.string))
        return schema
    }

    func toolResult() -> ToolResult {
        let structured = JSONValue.object(object)
        return ToolResult([.text(IndentedJSON.text(of: structured.bytes))], structured: structured)
    }
}
