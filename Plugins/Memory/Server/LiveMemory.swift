import Embedding
import RoostJSON
import RoostKit
import Synchronization

/// The memory while the plugin runs: opened at start with its imports done, closed at stop with its export written.
final class LiveMemory: Sendable {
    private struct Running {
        let store: MemoryStore
        let recall: Recall
        let export: DelayedExport?
        let lease: VolumeLease
        let work: [Task<Void, Never>]
    }

    let settings: MemorySettings
    private let environment: PluginEnvironment
    private let running = Mutex<Running?>(nil)

    init(_ settings: MemorySettings, _ environment: PluginEnvironment) {
        self.settings = settings
        self.environment = environment
    }

    /// Opens the store, imports what is new and brings the export up to date.
    func start() throws {
        let lease = VolumeLease(beside: settings.databasePath, machine: settings.machine)
        try lease.renew()
        let cipher = settings.encryptionSecret.flatMap { ContentCipher(secret: $0) } ?? .none
        let store = try open(cipher, lease)
        let recall = Recall(
            store: store,
            vectors: try embedder().map { ($0, index(of: $0, cipher, lease)) },
            sealedWords: cipher.isSealing ? try SealedWords() : nil
        )
        var export: DelayedExport?
        if lease.writer == nil {
            try importFile(into: store)
            export = settings.exportPath.map { path in
                DelayedExport(GraphExport(of: store, to: path)) { [environment] result in
                    Self.report(result, path, to: environment)
                }
            }
            export?.changed()
        }
        let upkeep = Upkeep(
            store: store,
            recall: recall,
            lease: lease,
            settings: settings,
            environment: environment
        )
        var work = [environment.background { await upkeep.run() }]
        if let index = recall.vectors?.index {
            work.append(environment.background { await Self.tend(index, store) })
        }
        running.withLock { [work] in
            $0 = Running(store: store, recall: recall, export: export, lease: lease, work: work)
        }
    }

    /// Writes what is due and closes the store.
    ///
    /// Calls that still run fail with a sentence.
    func stop() async {
        let last = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let last else { return }
        for task in last.work { task.cancel() }
        for task in last.work { await task.value }
        last.export?.stop()
        do { try last.store.close() } catch { environment.log(.warning, "\(error)") }
        last.lease.release()
    }

    /// What finds memories; what it throws reaches the model in words.
    func recall() throws -> Recall { try current().recall }

    /// A memory with its vectors, ready to be stored.
    func draft(
        _ key: String,
        _ content: String,
        _ metadata: JSONObject,
        _ namespace: Namespace,
        _ context: CallContext
    ) async throws -> MemoryDraft {
        let embedder = try current().recall.vectors?.embedder
        var vectors: [[Float]] = []
        do throws(EmbeddingFailure) {
            vectors = try await embedder?.embed(Passages.embedded(content)) ?? []
        } catch {
            environment.log(.error, "\(error)")
            throw ToolError("The memory was not stored: its vector could not be computed. \(error)")
        }
        return MemoryDraft(
            namespace: namespace,
            key: key,
            content: content,
            metadata: metadata,
            source: context.provenance,
            vectors: vectors,
            model: embedder?.identity ?? "",
            now: Moment.now()
        )
    }

    /// The memories that answer a question; what it throws reaches the model in words.
    func find(_ question: Recall.Question) async throws -> [Hit] {
        do {
            return try await recall().find(question)
        } catch let error as StorageError {
            environment.log(.error, "\(error)")
            throw ToolError("\(error)")
        }
    }

    /// Who writes to the volume instead of this machine; nil when this one does.
    var writer: String? { running.withLock { $0?.lease.writer } }

    /// Runs `body` on the store; what it throws reaches the model in words.
    func read<Answer>(_ body: (MemoryStore) throws(StorageError) -> Answer) throws -> Answer {
        try call(body, on: try current())
    }

    /// Runs `body` on the store, then tells those who watch the graph.
    ///
    /// Upstream tells them even if nothing changed.
    func change<Answer>(_ body: (MemoryStore) throws(StorageError) -> Answer) throws -> Answer {
        let running = try current()
        let answer = try write(body, on: running)
        running.export?.changed()
        environment.resourceUpdated(KnowledgeGraphResource.uri)
        environment.resourceUpdated(ExportResource.uri)
        return answer
    }

    /// Runs `body` on the store, then tells those who watch the memories with these keys.
    func changeMemories<Answer>(
        _ keys: (Answer) -> [String],
        _ body: (MemoryStore) throws(StorageError) -> Answer
    ) throws -> Answer {
        let answer = try write(body, on: try current())
        let changed = keys(answer)
        for key in changed { environment.resourceUpdated(MemoryResource.uri(of: key)) }
        if !changed.isEmpty { environment.resourceUpdated(MemoriesResource.uri) }
        return answer
    }

    private func current() throws -> Running {
        guard let running = running.withLock({ $0 }) else {
            throw ToolError("\(StorageError.closed(path: settings.databasePath))")
        }
        return running
    }

    private func write<Answer>(
        _ body: (MemoryStore) throws(StorageError) -> Answer,
        on running: Running
    ) throws -> Answer {
        do throws(StorageError) { try running.lease.confirm() } catch { throw ToolError("\(error)") }
        if let writer = running.lease.writer {
            throw ToolError("\(StorageError.readOnly(path: settings.databasePath, owner: writer))")
        }
        return try call(body, on: running)
    }

    private func call<Answer>(
        _ body: (MemoryStore) throws(StorageError) -> Answer,
        on running: Running
    ) throws -> Answer {
        do {
            return try body(running.store)
        } catch {
            // An unknown entity is the model's affair; the rest is the operator's too.
            if case .unknownEntity = error {} else { environment.log(.error, "\(error)") }
            throw ToolError("\(error)")
        }
    }
}

// MARK: - Steps of the start

extension LiveMemory {
    /// The database itself, or a copy of it while another machine writes.
    private func open(_ cipher: ContentCipher, _ lease: VolumeLease) throws(StorageError) -> MemoryStore {
        guard let writer = lease.writer else {
            return try MemoryStore(path: settings.databasePath, cipher: cipher)
        }
        environment.log(
            .warning,
            "\(settings.databasePath) is written by another worker (\(writer)): this one reads a copy made now and refuses to write."
        )
        let copy = try DatabaseCopy.make(of: settings.databasePath)
        return try MemoryStore(path: copy, cipher: cipher)
    }

    /// The model, or nil when there is none: then words have to do.
    private func embedder() throws -> (any TextEmbedder)? {
        if case .service(let url, let model, let dimensions) = settings.embedding {
            let http = environment.http
            return RemoteEmbedder(url: url, model: model, dimensions: dimensions) { try await http.send($0) }
        }
        guard case .folder(let folder, let isNamed) = settings.embedding else { return nil }
        do throws(EmbeddingFailure) {
            return try MiniLM(folder: folder, cores: settings.cores)
        } catch {
            guard error.cause == .missing else {
                throw ToolError("The embedding model in \(folder) cannot be used: \(error)")
            }
            environment.log(
                isNamed ? .warning : .notice,
                "There is no embedding model in \(folder): memories are found by their words only. Scripts/fetch-model.sh fetches it."
            )
            return nil
        }
    }

    /// The vectors in memory.
    ///
    /// With a cipher no graph is kept in a file: it would tell what was sealed.
    private func index(
        of embedder: any TextEmbedder,
        _ cipher: ContentCipher,
        _ lease: VolumeLease
    ) -> VectorIndex {
        let files = GraphFiles(
            path: settings.databasePath,
            model: embedder.identity,
            isWritable: { lease.writer == nil },
            report: { [environment] in environment.log(.warning, $0) }
        )
        return VectorIndex(
            model: embedder.identity,
            dimensions: embedder.dimensions,
            exactUpTo: settings.exactUpTo,
            files: cipher.isSealing ? nil : files
        ) { [environment] count in
            environment.log(.warning, "\(count) stored vectors cannot be read; they are computed anew.")
        }
    }

    /// Loads the vectors before somebody asks for them, then keeps the graphs up to date.
    private static func tend(_ index: VectorIndex, _ store: MemoryStore) async {
        // A database that cannot be read fails the first question too, which says so.
        try? index.follow(store)
        for await _ in index.work { index.tend() }
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
