/// A tool of either form, ready to be listed and called.
public struct AnyTool: Sendable {
    /// The name clients call.
    public let name: String

    let runsInline: Bool
    let hints: ToolHints
    /// Writes the MCP Tool object.
    ///
    /// Throws when a schema cannot be worked out or is not JSON.
    let define: @Sendable () throws -> [UInt8]
    let run: @Sendable (JSONView, CallContext) async throws -> ToolResult

    /// Takes a tool in the typed form.
    public init<T: Tool>(_ tool: T) {
        name = T.name
        runsInline = T.runsInline
        hints = ToolHints(
            cache: T.cache,
            invalidates: T.invalidates,
            deadline: T.deadline,
            task: T.task
        )
        define = {
            var definition = ToolDefinition(name: T.name, description: T.description)
            definition.title = T.title
            definition.annotations = T.annotations
            definition.icons = T.icons
            definition.meta = T.meta
            definition.inputSchema = JSONValue.object(T.Input.schema).bytes
            do {
                definition.outputSchema = try T.Output.outputSchema().map { JSONValue.object($0).bytes }
            } catch let error as SchemaError {
                throw error.within("the output of tool '\(T.name)'")
            }
            return definition.bytes
        }
        run = { arguments, context in
            let input = try T.Input.decode(arguments)
            return try await tool.call(input, context).toolResult()
        }
    }

    /// Takes a tool that brings its own JSON Schema.
    public init<T: RawTool>(_ tool: T) {
        name = tool.name
        runsInline = tool.runsInline
        hints = ToolHints(
            cache: tool.cache,
            invalidates: tool.invalidates,
            deadline: tool.deadline,
            isListed: tool.isListed,
            acceptedSchema: tool.acceptedSchema,
            task: tool.task
        )
        define = {
            if let accepted = tool.acceptedSchema {
                _ = try Self.oneLine(accepted, "the accepted schema of tool '\(tool.name)'")
            }
            var definition = ToolDefinition(name: tool.name, description: tool.description)
            definition.title = tool.title
            definition.annotations = tool.annotations
            definition.icons = tool.icons
            definition.meta = tool.meta
            definition.inputSchema = try Self.oneLine(
                tool.inputSchema,
                "the input schema of tool '\(tool.name)'"
            )
            definition.outputSchema = try tool.outputSchema.map {
                try Self.oneLine($0, "the output schema of tool '\(tool.name)'")
            }
            return definition.bytes
        }
        run = { arguments, context in try await tool.call(JSONValue(arguments), context) }
    }

    /// Takes the line breaks and blanks between tokens out; strings, numbers and the order of members stay as
    /// written.
    private static func oneLine(_ schema: String, _ what: String) throws -> [UInt8] {
        do {
            var writer = JSONWriter()
            Self.copy(try JSONDocument(parsing: schema).root, to: &writer)
            return writer.bytes
        } catch {
            throw SchemaError("expected JSON, found something else \(error)", in: what)
        }
    }

    private static func copy(_ view: JSONView, to writer: inout JSONWriter) {
        switch view.kind {
        case .object:
            writer.object { writer in
                for member in view.members {
                    writer.key(member.key)
                    copy(member.value, to: &writer)
                }
            }
        case .array:
            writer.array { writer in
                for element in view.elements { copy(element, to: &writer) }
            }
        default: writer.raw(view.bytes)
        }
    }
}
