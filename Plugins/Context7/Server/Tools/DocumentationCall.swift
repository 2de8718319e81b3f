import RoostKit

/// One question for documentation: from this machine where the library is here, else from the service.
struct DocumentationCall: Sendable {
    let documentation: LiveDocumentation

    /// What the service is asked where the caller has no topic.
    private static let overview = "overview and getting started"

    func run(
        library: String,
        _ question: DocumentationQuestion,
        _ context: CallContext
    ) async throws -> ToolResult {
        guard let id = LibraryID(library) else {
            throw ToolError(
                """
                Expected a library ID such as /org/project or /org/project/version, found "\(library.prefix(200))". \
                resolve-library-id finds the ID of a library by its name.
                """
            )
        }
        return try await documentation.ask { local, remote in
            // A question about a library of this machine is never sent anywhere.
            if let place = try local.place(of: id) {
                var result = ToolResult([.text(try await local.documentation(of: place, question, context))])
                result.timeToLive = .zero
                return result
            }
            guard question.page == 1 else {
                throw ToolError(
                    "The Context7 service has one page of answers for a question. Ask in other words instead."
                )
            }
            do {
                let query = question.query.trimmed.isEmpty ? Self.overview : question.query
                let answer = try await remote.documentation(of: id, for: query, context)
                return Self.result(answer, question.tokens)
            } catch let failure as ServiceFailure {
                throw failure.toolError
            }
        }
    }

    /// The text as the service gave it, unless the caller set a limit.
    private static func result(_ answer: RemoteDocumentation.Answer, _ tokens: Int64?) -> ToolResult {
        var text = String(decoding: answer.body, as: UTF8.self)
        var notes = answer.notes
        if let tokens {
            let (kept, isCut) = TokenBudget(tokens).cut(text)
            text = kept
            if isCut { notes.append("The answer was cut to about \(tokens) tokens.") }
        }
        var result = ToolResult(([text] + notes).map { .text($0) })
        result.timeToLive = answer.timeToLive
        return result
    }
}

extension ServiceFailure {
    /// The service's own words, and behind them what helps: when to come back, or where to look.
    var toolError: ToolError {
        var texts = [message]
        if let retryAfter {
            texts.append("The service takes questions again in \(DurationText.words(retryAfter)).")
        }
        if status == 202 {
            texts.append(
                "This is not documentation: it is not ready yet. Ask again in some minutes, or look for another library with resolve-library-id."
            )
        }
        if status == 301, let redirect { texts.append("Ask for \(redirect).") }
        return ToolError(content: texts.map { .text($0) })
    }
}
