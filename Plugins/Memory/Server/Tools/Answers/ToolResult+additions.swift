import RoostJSON
import RoostKit

extension ToolResult {
    /// The answer of a tool that adds, in upstream's shape.
    ///
    /// What stood in the call more than once is said in a block of its own, so that the first stays the JSON array, and
    /// the structure the object, that upstream's clients read.
    static func additions(_ added: [JSONValue], under key: String, repetitions: [String]) -> ToolResult {
        let array = JSONValue.array(added)
        var content: [Content] = [.text(IndentedJSON.text(of: array.bytes))]
        if !repetitions.isEmpty {
            let shown = repetitions.prefix(20).joined(separator: "; ")
            let rest = repetitions.count > 20 ? "; and \(repetitions.count - 20) more" : ""
            content.append(
                .text(
                    "Stood more than once in this call and was stored once, as it stood first: \(shown)\(rest)."
                )
            )
        }
        return ToolResult(content, structured: .object(JSONObject([(key, array)])))
    }
}
