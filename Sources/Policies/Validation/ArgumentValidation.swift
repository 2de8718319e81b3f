package import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// Checks the arguments of a tool call against the tool's inputSchema, so that no plugin sees others.
///
/// What does not fit is answered as a tool result with isError, which names each place and rule: the model that wrote the
/// arguments can read it and try again (2026-07-28, "Tools", error handling).
package struct ArgumentValidation: Policy {
    private let noArguments = try? JSONDocument(parsing: "{}")

    package init() {}

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        guard let tool = call.tool else { return next.handle(call) }
        let schema: JSONSchema
        do {
            schema = try tool.schema()
        } catch {
            return call.finish(
                .failed(
                    PluginFailure(
                        .badAnswer,
                        plugin: call.plugin.alias,
                        "the inputSchema of \(tool.name) cannot be used: \(error.reason); its author has to mend it"
                    )
                )
            )
        }
        guard let arguments = call.arguments ?? noArguments?.root else { return next.handle(call) }
        let violations = schema.validate(arguments)
        guard violations.isEmpty else {
            call.annotate { $0.endedBy = .validation }
            return call.finish(Self.refusal(of: tool.name, violations))
        }
        next.handle(call)
    }

    private static func refusal(of tool: String, _ violations: [SchemaViolation]) -> PluginOutcome {
        let lines = violations.map { "- \($0.message)" }
        let text = "The arguments of \(tool) do not fit its schema:\n" + lines.joined(separator: "\n")
        let result: JSONValue = ["content": [["type": "text", "text": .string(text)]], "isError": true]
        guard let document = try? JSONDocument(parsing: result.bytes) else { return .cancelled }
        return .complete(document)
    }
}
