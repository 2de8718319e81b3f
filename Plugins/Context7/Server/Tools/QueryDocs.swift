import RoostKit

/// Shows documentation of a library that answers a question.
struct QueryDocs: RawTool {
    let documentation: LiveDocumentation

    let name = "query-docs"
    let title: String? = "Query Documentation"
    let annotations = ToolAnnotations(readOnly: true, destructive: false, idempotent: true, openWorld: true)
    let description = """
        Shows current documentation and examples of a library for one topic. It needs a library ID: take one from \
        resolve-library-id, unless the user gave one of the form /org/project or /org/project/version.

        Ask for one topic in a call; ask again for another. At most three calls for one question: then answer with what was found.

        Libraries on this machine are answered from here, and nothing about them leaves it. For all others the query is sent to \
        the Context7 service: leave out keys, passwords, personal data and other people's code.
        """
    let inputSchema = """
        {
          "type": "object",
          "properties": {
            "libraryId": {
              "type": "string",
              "description": "The library's ID, exactly as resolve-library-id or the user gave it, for example /mongodb/docs, /vercel/next.js or /vercel/next.js/v14.3.0-canary.87."
            },
            "query": {
              "type": "string",
              "description": "One topic, as precise as can be: 'Set up authentication with JWT in Express.js' rather than 'auth'. No secrets: it may be sent to the Context7 service."
            }
          },
          "required": ["libraryId", "query"],
          "additionalProperties": false
        }
        """
    let acceptedSchema: String? = ArgumentNames.schema(
        texts: [ArgumentNames.query, ArgumentNames.library],
        numbers: [ArgumentNames.tokens, ["page"]],
        required: [ArgumentNames.library, ArgumentNames.query]
    )

    func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
        try await DocumentationCall(documentation: documentation).run(
            library: ArgumentNames.value(ArgumentNames.library, in: arguments)?.string ?? "",
            DocumentationQuestion(
                query: ArgumentNames.value(ArgumentNames.query, in: arguments)?.string ?? "",
                tokens: ArgumentNames.number(ArgumentNames.tokens, in: arguments),
                page: Int(clamping: min(max(ArgumentNames.number(["page"], in: arguments) ?? 1, 1), 10))
            ),
            context
        )
    }
}
