import RoostKit

/// The name that query-docs had until the end of 2025, with its arguments of then.
///
/// Stands in no list: clients that know it are served, and nobody learns it.
struct GetLibraryDocs: RawTool {
    let documentation: LiveDocumentation

    let name = "get-library-docs"
    let isListed = false
    let annotations = ToolAnnotations(readOnly: true, destructive: false, idempotent: true, openWorld: true)
    let description = "The older name of query-docs. Use query-docs."
    let inputSchema = """
        {
          "type": "object",
          "properties": {
            "context7CompatibleLibraryID": { "type": "string", "description": "The library's ID." },
            "topic": { "type": "string", "description": "What to show; without it, what the library begins with." },
            "tokens": { "type": "integer", "description": "How long the answer may be. Default 5000." },
            "mode": { "type": "string", "enum": ["code", "info"], "description": "Taken and not needed: answers hold both." },
            "page": { "type": "integer", "minimum": 1, "maximum": 10, "description": "Which part of the answers." }
          },
          "required": ["context7CompatibleLibraryID"]
        }
        """
    let acceptedSchema: String? = ArgumentNames.schema(
        texts: [ArgumentNames.query, ArgumentNames.library],
        numbers: [ArgumentNames.tokens, ["page"]],
        required: [ArgumentNames.library]
    )

    func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
        try await DocumentationCall(documentation: documentation).run(
            library: ArgumentNames.value(ArgumentNames.library, in: arguments)?.string ?? "",
            DocumentationQuestion(
                query: ArgumentNames.value(ArgumentNames.query, in: arguments)?.string ?? "",
                // Clients of then expect an answer of that length, from the service too.
                tokens: ArgumentNames.number(ArgumentNames.tokens, in: arguments) ?? Int64(TokenBudget.usual),
                page: Int(clamping: min(max(ArgumentNames.number(["page"], in: arguments) ?? 1, 1), 10))
            ),
            context
        )
    }
}
