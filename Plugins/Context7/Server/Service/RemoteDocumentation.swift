import FoundationEssentials
import RoostKit

/// The service with its earlier answers before it.
///
/// ```
/// question ─> a fresh answer is kept? ─no─> service ─failed─> an older one is kept? ─no─> the failure
/// ```
struct RemoteDocumentation: Sendable {
    let service: Context7Service?
    let cache: AnswerCache
    let freshFor: Duration
    let staleFor: Duration
    let log: @Sendable (LogLevel, String) -> Void

    /// What was found, for how long it holds, and what the model should know about it.
    struct Answer: Sendable, Equatable {
        var body: [UInt8]
        /// Zero for one that stands in for a newer one.
        var timeToLive: Duration
        var notes: [String] = []
    }

    /// The JSON of a search.
    func libraries(named name: String, for query: String, _ context: CallContext) async throws -> Answer {
        try await answer(AnswerCache.key("libraries", name, query), "libraries named \(name)") { service in
            let body = try await service.libraries(named: name, for: query, context)
            guard SearchResponse(parsing: body) != nil else {
                throw ServiceFailure(unreadable: "libraries named \(name)", status: 200)
            }
            return body
        }
    }

    /// The text of a library's documentation; one redirect to another id is followed and told.
    func documentation(
        of library: LibraryID,
        for query: String,
        _ context: CallContext
    ) async throws -> Answer {
        do {
            return try await documentationAsNamed(library, for: query, context)
        } catch let failure as ServiceFailure {
            guard let target = failure.redirect, failure.status == 301, target != library else {
                throw failure
            }
            var answer = try await documentationAsNamed(target, for: query, context)
            answer.notes.append(
                "\(library) is now called \(target); this is its documentation. Use \(target) from now on."
            )
            return answer
        }
    }

    private func documentationAsNamed(
        _ library: LibraryID,
        for query: String,
        _ context: CallContext
    ) async throws -> Answer {
        try await answer(AnswerCache.key("documentation", "\(library)", query), "\(library)") { service in
            try await service.documentation(of: library, for: query, context)
        }
    }

    private func answer(
        _ key: String,
        _ subject: String,
        _ ask: (Context7Service) async throws -> [UInt8]
    ) async throws -> Answer {
        let kept = kept(key)
        let age = kept.map { Duration.seconds(max(0, Self.now - $0.fetchedAt)) }
        if let kept, let age, age < freshFor { return Answer(body: kept.body, timeToLive: freshFor - age) }
        let failure: ServiceFailure
        if let service {
            do {
                let body = try await ask(service)
                keep(body, key)
                return Answer(body: body, timeToLive: freshFor)
            } catch let error as ServiceFailure {
                failure = error
            }
        } else {
            failure = ServiceFailure(
                status: nil,
                message: """
                    This host does not ask the Context7 service (api: off), and it keeps no earlier answer about \(subject). \
                    Only local libraries can be asked; resolve-library-id finds them.
                    """
            )
        }
        guard failure.isPassing, let kept, let age, age < staleFor else { throw failure }
        let note =
            service == nil
            ? "This answer is \(DurationText.words(age)) old: this host does not ask the Context7 service."
            : "This answer is \(DurationText.words(age)) old, because the Context7 service could not be asked now: \(failure.message)"
        return Answer(body: kept.body, timeToLive: .zero, notes: [note])
    }

    /// A cache that cannot be read costs a question, not the answer.
    private func kept(_ key: String) -> AnswerCache.Answer? {
        do throws(IndexFailure) { return try cache.answer(key) } catch {
            log(.warning, "\(error)")
            return nil
        }
    }

    private func keep(_ body: [UInt8], _ key: String) {
        do throws(IndexFailure) { try cache.keep(body, under: key, at: Self.now) } catch {
            log(.warning, "\(error)")
        }
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970) }
}

extension ServiceFailure {
    /// A failure in words of our own.
    init(status: Int?, message: String) {
        self.status = status
        self.message = message
    }
}
