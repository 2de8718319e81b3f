import Embedding
import FoundationEssentials
import RoostKit

/// The libraries on this machine: what can be asked of them.
struct LocalLibraries: Sendable {
    let settings: [LibrarySettings]
    let store: IndexStore
    let progress: IndexProgress
    let shelf: TagShelf
    let search: LibrarySearch

    /// A library of the config and the version that an id names.
    struct Place: Sendable {
        var library: LibrarySettings
        var edition: LibrarySettings.Edition
    }

    /// True when the id names a library here, whatever its version.
    func holds(_ id: LibraryID) -> Bool { settings.contains { $0.id.isSameLibrary(as: id) } }

    /// - Throws: ``ToolError`` when the library has no such version.
    func place(of id: LibraryID) throws -> Place? {
        guard let library = settings.first(where: { $0.id.isSameLibrary(as: id) }) else { return nil }
        guard let version = id.version else { return Place(library: library, edition: library.editions[0]) }
        guard let edition = Self.edition(version, among: library.editions + library.tagEditions) else {
            let known = library.listedVersions
            throw ToolError(
                "The local library \(library.id) has no version \(version). "
                    + (known.isEmpty
                        ? "It has only the current one: ask for \(library.id)."
                        : "Available: \(known.joined(separator: ", ")).")
            )
        }
        return Place(library: library, edition: edition)
    }

    private static func edition(
        _ version: String,
        among editions: [LibrarySettings.Edition]
    ) -> LibrarySettings.Edition? {
        if let edition = editions.first(where: { $0.version == version }) { return edition }
        let wanted = version.lowercased()
        return editions.first { edition in
            guard let known = edition.version?.lowercased() else { return false }
            // 1.2.0 and v1.2.0 are one version to people.
            return known == wanted || "v\(known)" == wanted || known == "v\(wanted)"
        }
    }

    /// The libraries whose names or descriptions fit, best first.
    func entries(
        named name: String,
        for query: String
    ) throws(IndexFailure) -> [(entry: LibraryEntry, match: NameMatch)] {
        let indexed = try store.editions()
        var found: [(entry: LibraryEntry, match: NameMatch)] = []
        for library in settings {
            let edition = indexed.first { $0.library == library.id.library && $0.version.isEmpty }
            var entry = LibraryEntry(
                id: library.id.library,
                title: edition.flatMap { $0.title.isEmpty ? nil : $0.title } ?? library.title
                    ?? library.id.name,
                summary: edition?.summary ?? library.summary ?? ""
            )
            let match = NameMatch(of: name, id: entry.id, title: entry.title, summary: entry.summary)
            guard match > .none else { continue }
            entry.isLocal = true
            if let edition { entry.snippets = Int64(try store.counts(of: edition.number).passages) }
            if entry.summary.isEmpty { entry.summary = "Documentation on this machine." }
            entry.versions = library.listedVersions
            entry.source = edition.flatMap { $0.origin.hasPrefix("http") ? $0.origin : nil }
            found.append((entry, match))
        }
        return found.enumerated().sorted { left, right in
            left.element.match != right.element.match
                ? left.element.match > right.element.match : left.offset < right.offset
        }.map(\.element)
    }

    /// The documentation that answers a question.
    ///
    /// Waits for the first indexing, and tells the client how far it is.
    /// - Throws: ``ToolError`` when nothing can be said.
    func documentation(
        of place: Place,
        _ question: DocumentationQuestion,
        _ context: CallContext
    ) async throws -> String {
        if let tag = place.edition.tag { shelf.ask(for: tag.name, of: place.library.id.library) }
        try await waitUntilReady(place, context)
        let library = place.library
        let indexed = try store.editions().first {
            $0.library == library.id.library && $0.version == place.edition.version ?? ""
        }
        guard let indexed else {
            throw ToolError("The local library \(library.id) is not indexed. Ask again later.")
        }
        let size = SnippetPage.size
        let found: [FoundPassage] =
            question.query.trimmed.isEmpty
            ? try store.opening(of: indexed.number, limit: size * question.page)
            : try await search.find(question.query, in: indexed.number, limit: size * question.page)
        let shown = found.dropFirst(size * (question.page - 1))
        guard !shown.isEmpty else { throw try nothingFound(question, in: indexed, library) }
        return SnippetPage(
            passages: Array(shown),
            edition: indexed,
            isFirst: question.page == 1,
            isSingleFile: !DirectoryEntries.isFolder(place.edition.path)
        ).text(TokenBudget(question.tokens))
    }

    private func nothingFound(
        _ question: DocumentationQuestion,
        in edition: IndexedEdition,
        _ library: LibrarySettings
    ) throws -> ToolError {
        if question.page > 1 {
            return ToolError("There is no page \(question.page) of answers from \(library.id).")
        }
        let titles = try store.titles(of: edition.number, limit: 20)
        guard !titles.isEmpty else {
            return ToolError(
                "The local library \(library.id) holds no documentation that could be read. The operator checks its path and patterns."
            )
        }
        return ToolError(
            "Nothing in \(library.id) fits \"\(question.query)\". Ask in other words; its pages are: \(titles.joined(separator: "; "))."
        )
    }

    private func waitUntilReady(_ place: Place, _ context: CallContext) async throws {
        let key = IndexProgress.Key(library: place.library.id.library, version: place.edition.version)
        // Room for the answer itself, and for a client without a deadline a limit of our own.
        let limit = min(context.deadline ?? .now + .seconds(300), .now + .seconds(300))
        var last = -1
        let state = await progress.wait(for: key, until: limit - .milliseconds(500)) { state in
            guard state.done > last, state.total > 0 else { return }
            last = state.done
            context.progress(Double(state.done), of: Double(state.total), "indexing \(place.library.id)")
        }
        try Task.checkCancellation()
        if let fault = state.fault {
            throw ToolError("The local library \(place.library.id) cannot be read: \(fault)")
        }
        guard state.isReady else {
            throw ToolError(
                "The local library \(place.library.id) is being indexed: \(state.done) of \(state.total) files are done. Ask again in a while."
            )
        }
    }
}
