import Embedding
import FoundationEssentials
import RoostKit

/// What goes on beside the calls: files are looked at again and again, and passages get their vectors.
struct IndexUpkeep: Sendable {
    let local: LocalLibraries
    /// Nil: words only.
    let embedder: (any TextEmbedder)?
    /// Passages that get their vectors in one step.
    let batch: Int
    /// Between two looks at the files.
    let refresh: Duration
    let log: @Sendable (LogLevel, String) -> Void

    /// What one look at the files found.
    private struct Look {
        var numbers: [IndexProgress.Key: Int64] = [:]
        var changed: Set<Int64> = []

        var all: Set<Int64> { Set(numbers.values) }
    }

    /// Runs until it is cancelled.
    func run() async {
        var faults: [IndexProgress.Key: String] = [:]
        var last: Look?
        while !Task.isCancelled {
            do {
                let began = ContinuousClock.now
                if last == nil { try restoreTags() }
                let found = try look(&faults)
                if faults.isEmpty, last?.all != found.all { try keepOnly(found, last) }
                if !found.changed.isEmpty, !local.settings.isEmpty {
                    try local.store.tidy()
                    log(
                        .info,
                        "\(found.changed.count) local libraries indexed in \(ContinuousClock.now - began)."
                    )
                }
                try await addVectors(reload: last == nil ? found.all : found.changed)
                last = found
            } catch is CancellationError {
                return
            } catch {
                log(.error, "\(error)")
            }
            guard !local.settings.isEmpty else { return }
            await local.shelf.pause(refresh)
        }
    }

    /// Puts the tags that are indexed already on the shelf, as far as they still exist.
    private func restoreTags() throws(IndexFailure) {
        let indexed = try local.store.editions()
        for library in local.settings {
            let known = Set(library.tagEditions.compactMap(\.version))
            let versions = indexed.filter { $0.library == library.id.library && known.contains($0.version) }
            local.shelf.restore(versions.map(\.version), of: library.id.library)
        }
    }

    /// Takes out what is neither configured nor on the shelf.
    private func keepOnly(_ found: Look, _ last: Look?) throws(IndexFailure) {
        try local.store.keepOnly(found.all)
        local.search.keepOnly(found.all)
        for key in last?.numbers.keys.filter({ found.numbers[$0] == nil }) ?? [] {
            local.progress.update(key) { $0 = IndexProgress.Edition() }
        }
    }

    /// Brings every edition to what stands on the disk.
    private func look(_ faults: inout [IndexProgress.Key: String]) throws -> Look {
        var found = Look()
        var seen: Set<IndexProgress.Key> = []
        let indexer = LibraryIndexer(store: local.store, progress: local.progress, log: log)
        local.shelf.beginLook()
        for library in local.settings {
            let shelf = local.shelf.versions(of: library.id.library)
            let tags = shelf.isEmpty ? [] : library.tagEditions
            for place in library.editions + tags.filter({ shelf.contains($0.version ?? "") }) {
                try Task.checkCancellation()
                let key = IndexProgress.Key(library: library.id.library, version: place.version)
                seen.insert(key)
                do {
                    let (edition, hasChanged) = try indexer.run(
                        library,
                        place,
                        now: Int64(Date().timeIntervalSince1970)
                    )
                    found.numbers[key] = edition.number
                    if hasChanged { found.changed.insert(edition.number) }
                    faults[key] = nil
                } catch let error as SystemError {
                    note(Self.sentence(error, library, place), key, &faults)
                } catch let error as GitFault {
                    note(
                        "The version \(place.version ?? "") of \(library.id) cannot be read: \(error)",
                        key,
                        &faults
                    )
                }
            }
        }
        faults = faults.filter { seen.contains($0.key) }
        return found
    }

    /// Says what is wrong with an edition: once, not at every look.
    private func note(_ fault: String, _ key: IndexProgress.Key, _ faults: inout [IndexProgress.Key: String])
    {
        if faults.updateValue(fault, forKey: key) != fault { log(.error, fault) }
        local.progress.update(key) { state in
            state.fault = "its files cannot be read. The operator's log says why."
            state.isReady = false
        }
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
        // Whoever asks for a tag waits for its words, not for other libraries' vectors.
        while !local.shelf.hasNew {
            try Task.checkCancellation()
            let passages = try local.store.passagesWithoutVectors(of: embedder.identity, limit: batch)
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
