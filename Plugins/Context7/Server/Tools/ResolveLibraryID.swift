import RoostKit

/// Finds the id of a library by its name, here and at the service.
struct ResolveLibraryID: RawTool {
    let documentation: LiveDocumentation

    let name = "resolve-library-id"
    let title: String? = "Resolve Context7 Library ID"
    let annotations = ToolAnnotations(readOnly: true, destructive: false, idempotent: true, openWorld: true)
    let description = """
        Finds the library ID that query-docs needs, by the name of a library, framework, SDK, API or tool. Call it before \
        query-docs, unless the user gave an ID of the form /org/project or /org/project/version.

        Choose by how well the name and the description fit what is asked, then by the number of snippets and the source's \
        reputation; where versions are listed and the user named one, use the ID with that version. Ask the user when several \
        fit equally well. At most three calls for one question: then take the best of what was found.

        Libraries on this machine are answered from here. For all others the name and the query are sent to the Context7 \
        service: leave out keys, passwords, personal data and other people's code.
        """
    let inputSchema = """
        {
          "type": "object",
          "properties": {
            "query": {
              "type": "string",
              "description": "What the user wants to do, in their own words; it decides which of several libraries fits best. No secrets: it may be sent to the Context7 service."
            },
            "libraryName": {
              "type": "string",
              "description": "The library's name as it is officially written, for example Next.js, not nextjs; Three.js, not threejs."
            }
          },
          "required": ["query", "libraryName"],
          "additionalProperties": false
        }
        """
    let acceptedSchema: String? = ArgumentNames.schema(
        texts: [ArgumentNames.query, ArgumentNames.libraryName],
        required: [ArgumentNames.libraryName]
    )

    func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
        let name = ArgumentNames.value(ArgumentNames.libraryName, in: arguments)?.string?.trimmed ?? ""
        guard !name.isEmpty else {
            throw ToolError("Expected the name of a library as libraryName, found nothing.")
        }
        // The first clients knew no query.
        let asked = ArgumentNames.value(ArgumentNames.query, in: arguments)?.string?.trimmed ?? ""
        let query = asked.isEmpty ? name : asked
        return try await documentation.ask { local, remote in
            let here = try local.entries(named: name, for: query)
            do {
                let answer = try await remote.libraries(named: name, for: query, context)
                guard let found = SearchResponse(parsing: answer.body) else {
                    throw ServiceFailure(unreadable: "libraries named \(name)", status: 200)
                }
                return Self.result(here, found, of: name, answer, hasLocal: !local.settings.isEmpty)
            } catch let failure as ServiceFailure {
                return try Self.result(here, failure, hasNetwork: remote.service != nil)
            }
        }
    }

    private static func result(
        _ here: [(entry: LibraryEntry, match: NameMatch)],
        _ found: SearchResponse,
        of name: String,
        _ answer: RemoteDocumentation.Answer,
        hasLocal: Bool
    ) -> ToolResult {
        let entries = LibraryRanking.merge(here, found.libraries, for: name)
        let text =
            entries.isEmpty
            ? LibraryListText.none(for: name, hasLocal: hasLocal)
            : LibraryListText.text(entries, isFiltered: found.isFiltered)
        var result = ToolResult(([text] + answer.notes).map { .text($0) })
        // What is here may change at any moment.
        result.timeToLive = here.isEmpty ? answer.timeToLive : .zero
        return result
    }

    /// What is here, with a word about the service; without anything here, the failure.
    private static func result(
        _ here: [(entry: LibraryEntry, match: NameMatch)],
        _ failure: ServiceFailure,
        hasNetwork: Bool
    ) throws -> ToolResult {
        guard !here.isEmpty else { throw failure.toolError }
        var texts = [LibraryListText.text(here.map(\.entry), isFiltered: false)]
        if hasNetwork {
            texts.append(
                "Only libraries on this machine are listed; the Context7 service was of no help: \(failure.message)"
            )
        }
        var result = ToolResult(texts.map { .text($0) })
        result.timeToLive = .zero
        return result
    }
}
