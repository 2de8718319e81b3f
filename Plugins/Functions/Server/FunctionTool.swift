import FunctionDeclarations
import RoostKit

/// One function as a tool.
struct FunctionTool: RawTool {
    private let function: ForeignFunction
    private let handles: LivingHandles
    let inputSchema: String
    let outputSchema: String?

    init(_ function: ForeignFunction, handles: LivingHandles) {
        self.function = function
        self.handles = handles
        let schema = FunctionSchema(function.declaration)
        inputSchema = schema.input.text
        outputSchema = schema.output.text
    }

    var name: String { function.declaration.name }
    var description: String { function.declaration.description }
    var annotations: ToolAnnotations { function.declaration.isReadOnly ? .readOnly : ToolAnnotations() }

    func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
        let answer = try function.call(arguments.object ?? [:], handles: handles, owner: context.principal)
        return ToolResult(structured: .object(answer))
    }
}
