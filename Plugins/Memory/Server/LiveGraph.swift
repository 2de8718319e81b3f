import RoostKit
import Synchronization

/// The graph while the plugin runs: opened at start with its import done, closed at stop with its export written.
final class LiveGraph: Sendable {
    private struct Running {
        let store: MemoryStore
        let export: DelayedExport?
    }

    private let settings: MemorySettings
    private let environment: PluginEnvironment
    private let running = Mutex<Running?>(nil)

    init(_ settings: MemorySettings, _ environment: PluginEnvironment) {
        self.settings = settings
        self.environment = environment
    }

    /// Opens the store, imports what is new and brings the export up to date.
    func start() throws {
        let store = try MemoryStore(path: settings.databasePath)
        try importFile(into: store)
        let export = settings.exportPath.map { path in
            DelayedExport(GraphExport(of: store, to: path)) { [environment] result in
                Self.report(result, path, to: environment)
            }
        }
        export?.changed()
        running.withLock { $0 = Running(store: store, export: export) }
    }

    /// Writes what is due and closes the store.
    ///
    /// Calls that still run fail with a sentence.
    func stop() {
        let last = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let last else { return }
        last.export?.stop()
        do { try last.store.close() } catch { environment.log(.warning, "\(error)") }
    }

    /// Runs `body` on the store; what it throws reaches the model in words.
    func read<Answer>(_ body: (MemoryStore) throws(StorageError) -> Answer) throws -> Answer {
        try call(body).answer
    }

    /// Runs `body` on the store, then tells those who watch the graph.
    ///
    /// Upstream tells them even if nothing changed.
    func change<Answer>(_ body: (MemoryStore) throws(StorageError) -> Answer) throws -> Answer {
        let (answer, running) = try call(body)
        running.export?.changed()
        environment.resourceUpdated(KnowledgeGraphResource.uri)
        environment.resourceUpdated(ExportResource.uri)
        return answer
    }

    private func call<Answer>(
        _ body: (MemoryStore) throws(StorageError) -> Answer
    ) throws -> (answer: Answer, running: Running) {
        guard let running = running.withLock({ $0 }) else {
            throw ToolError("\(StorageError.closed(path: settings.databasePath))")
        }
        do {
            return (try body(running.store), running)
        } catch {
            // An unknown entity is the model's affair; the rest is the operator's too.
            if case .unknownEntity = error {} else { environment.log(.error, "\(error)") }
            throw ToolError("\(error)")
        }
    }

    private func importFile(into store: MemoryStore) throws {
        for path in settings.importPaths {
            switch try GraphImport(into: store, from: path).run() {
            case .absent: continue
            case .knownBefore: return
            case .imported(let report):
                environment.log(report.setAsidePath == nil ? .notice : .warning, "\(report)")
                return
            }
        }
        if settings.namesImport, let path = settings.importPaths.first {
            environment.log(.notice, "There is no memory file \(path) to import; the graph is as it was.")
        }
    }

    private static func report(
        _ result: Result<String?, InterchangeError>,
        _ path: String,
        to environment: PluginEnvironment
    ) {
        switch result {
        case .success(nil): break
        case .success(let kept?):
            environment.log(.warning, "Somebody else had changed \(path); their version is kept as \(kept).")
        case .failure(let error):
            environment.log(.error, "\(error) The next change tries again.")
        }
    }
}
