import Embedding
import FoundationEssentials
import RoostKit

/// What goes on beside the calls: files are looked at again and again, and passages get their vectors.
struct IndexUpkeep: Sendable {
    let local: LocalLibraries
    /// Nil: words only.
    let embedder: (any TextEmbedder)?
    /// Between two looks at the files.
    let refresh: Duration
    let log: @Sendable (LogLevel, String) -> Void

    /// Passages that get their vectors in one step.
    private static let batch = 32

    /// Runs until it is cancelled.
    func run() async {
        var faults: [IndexProgress.Key: String] = [:]
        var isFirst = true
        while !Task.isCancelled {
            do {
                let began = ContinuousClock.now
                let (numbers, changed) = try look(&faults)
                if isFirst, faults.isEmpty { try local.store.keepOnly(numbers) }
                if !changed.isEmpty, !local.settings.isEmpty {
                    try local.store.tidy()
                    log(.info, "\(changed.count) local libraries indexed in \(ContinuousClock.now - began).")
                }
                try await addVectors(reload: isFirst ? numbers : changed)
                isFirst = false
            } catch is CancellationError {
                return
            } catch {
                log(.error, "\(error)")
            }
            guard !local.settings.isEmpty else { return }
            try? await Task.sleep(for: refresh)
        }
    }

    /// Brings every edition to what stands on the disk.
    private func look(
        _ faults: inout [IndexProgress.Key: String]
    ) throws -> (all: Set<Int64>, changed: Set<Int64>) {
        var all: Set<Int64> = []
        var changed: Set<Int64> = []
        let indexer = LibraryIndexer(store: local.store, progress: local.progress, log: log)
        for library in local.settings {
            for place in library.editions {
                try Task.checkCancellation()
                let key = IndexProgress.Key(library: library.id.library, version: place.version)
                do {
                    let (edition, hasChanged) = try indexer.run(
                        library,
                        place,
                        now: Int64(Date().timeIntervalSince1970)
                    )
                    all.insert(edition.number)
                    if hasChanged { changed.insert(edition.number) }
                    faults[key] = nil
                } catch let error as SystemError {
                    // Said once, not at every look.
                    let fault = Self.sentence(error, library, place)
                    if faults.updateValue(fault, forKey: key) != fault { log(.error, fault) }
                    local.progress.update(key) { state in
                        state.fault = "its files cannot be read. The operator's log says why."
                        state.isReady = false
                    }
                }
            }
        }
        return (all, changed)
    }

    private static func sentence(
        _ error: SystemError,
        _ library: LibrarySettings,
        _ place: LibrarySettings.Edition
    ) -> String {
        let hint =
            error.isRefusal
            ? "Grant it to the plugin in host.yaml: paths: { read: [\(place.path)] }."
            : error.isAbsence ? "Correct the path, or make the folder." : "Check the folder."
        return "The local library \(library.id) cannot be read at \(place.path): \(error). \(hint)"
    }

    /// Computes the vectors that are missing, then takes those of the named editions in.
    private func addVectors(reload editions: Set<Int64>) async throws {
        guard let embedder else { return }
        let began = ContinuousClock.now
        var count = 0
        // What is there already serves while the rest is computed.
        for edition in editions { try local.search.reload(edition) }
        while true {
            try Task.checkCancellation()
            let passages = try local.store.passagesWithoutVectors(of: embedder.identity, limit: Self.batch)
            guard !passages.isEmpty else { break }
            let vectors = try await embedder.embed(passages.map(\.text))
            try local.store.keep(
                zip(passages, vectors).map { ($0.number, $1) },
                of: embedder.identity
            )
            count += passages.count
        }
        guard count > 0 else { return }
        for edition in try local.store.editions() { try local.search.reload(edition.number) }
        log(.info, "\(count) passages got their vectors in \(ContinuousClock.now - began).")
    }
}
