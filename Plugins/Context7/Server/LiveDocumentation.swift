import Embedding
import FoundationEssentials
import RoostKit
import Synchronization

/// Everything the tools ask, while the plugin runs: opened at start, closed at stop, with the indexing beside the calls.
final class LiveDocumentation: Sendable {
    private struct Running {
        let local: LocalLibraries
        let remote: RemoteDocumentation
        let store: IndexStore
        let work: Task<Void, Never>
    }

    let settings: Context7Settings
    private let environment: PluginEnvironment
    private let requests: ServiceRequests?
    private let running = Mutex<Running?>(nil)

    init(_ settings: Context7Settings, _ environment: PluginEnvironment, version: String) {
        self.settings = settings
        self.environment = environment
        requests = settings.service.map {
            ServiceRequests(base: $0, version: version, session: UUID().uuidString.lowercased())
        }
    }

    /// Opens the index and begins to bring it up to date.
    func start() throws {
        let store = try IndexStore(path: settings.databasePath)
        let embedder = settings.libraries.isEmpty ? nil : try embedder()
        let log: @Sendable (LogLevel, String) -> Void = { [environment] level, text in
            environment.log(level, text)
        }
        let local = LocalLibraries(
            settings: settings.libraries,
            store: store,
            progress: IndexProgress(),
            shelf: TagShelf(),
            search: LibrarySearch(store, embedder: embedder)
        )
        let remote = RemoteDocumentation(
            service: requests.map { Context7Service(requests: $0) },
            cache: AnswerCache(store: store),
            freshFor: settings.freshFor,
            staleFor: settings.staleFor,
            log: log
        )
        let upkeep = IndexUpkeep(
            local: local,
            embedder: embedder,
            batch: settings.cores * 32,
            refresh: settings.refresh,
            log: log
        )
        let work = environment.background { await upkeep.run() }
        running.withLock { $0 = Running(local: local, remote: remote, store: store, work: work) }
    }

    /// Ends the indexing and closes the index; calls that still run fail with a sentence.
    func stop() async {
        let last = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let last else { return }
        last.work.cancel()
        await last.work.value
        do throws(IndexFailure) { try last.store.close() } catch { environment.log(.warning, "\(error)") }
    }

    /// Runs a question; failures of the index reach the model in words and the operator in the log.
    func ask<Answer>(
        _ body: (_ local: LocalLibraries, _ remote: RemoteDocumentation) async throws -> Answer
    ) async throws -> Answer {
        guard let running = running.withLock({ $0 }) else {
            throw ToolError("The documentation is closed because the plugin is stopping.")
        }
        do {
            return try await body(running.local, running.remote)
        } catch let failure as IndexFailure {
            environment.log(.error, "\(failure)")
            throw ToolError("\(failure)")
        } catch let failure as EmbeddingFailure {
            environment.log(.error, "\(failure)")
            throw ToolError("The question could not be turned into a vector: \(failure)")
        }
    }

    /// The model, or nil when there is none: then words have to do.
    private func embedder() throws -> (any TextEmbedder)? {
        guard let folder = settings.model else { return nil }
        do throws(EmbeddingFailure) {
            return try MiniLM(folder: folder, cores: settings.cores)
        } catch {
            guard error.cause == .missing else { throw ToolError("\(error)") }
            environment.log(
                settings.namesModel ? .warning : .notice,
                "There is no embedding model in \(folder): local libraries are searched by words only. Scripts/fetch-model.sh fetches it."
            )
            return nil
        }
    }
}
