import Embedding
import RoostKit

/// What goes on beside the calls: the lease is renewed, and memories without vectors get theirs.
struct Upkeep: Sendable {
    let store: MemoryStore
    let recall: Recall
    let lease: VolumeLease
    let settings: MemorySettings
    let environment: PluginEnvironment

    /// Memories that get their vectors in one step.
    private static let batch = 16

    /// Runs until it is cancelled.
    func run() async {
        if lease.writer == nil {
            do {
                try await importMemories()
                try await addMissingVectors()
            } catch is CancellationError {
                return
            } catch {
                environment.log(.error, "\(error)")
            }
        }
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(LeaseState.renewal))
            guard !Task.isCancelled, lease.writer == nil else { continue }
            do { try lease.renew() } catch { environment.log(.warning, "\(error)") }
            if let writer = lease.writer {
                environment.log(
                    .error,
                    "Another worker (\(writer)) took the volume over: this one refuses to write now."
                )
            }
        }
    }

    /// Computes what was stored while there was no model, or another one.
    private func addMissingVectors() async throws {
        guard let embedder = recall.vectors?.embedder else { return }
        var last: Int64 = 0
        var done = 0
        while true {
            try Task.checkCancellation()
            let memories = try store.memoriesWithoutVectors(
                of: embedder.identity,
                after: last,
                limit: Self.batch
            )
            guard let newest = memories.last else { break }
            last = newest.id
            for memory in memories {
                let vectors = try await embedder.embed(Passages.embedded(memory.content))
                try store.addVectors(vectors, embedder.identity, to: memory)
            }
            done += memories.count
        }
        if done > 0 { environment.log(.notice, "\(done) memories got their vectors.") }
    }

    private func importMemories() async throws {
        guard let path = settings.memoriesImportPath else { return }
        let report = try await MemoriesImport(
            store: store,
            embedder: recall.vectors?.embedder,
            settings: settings
        )
        .run(path)
        if let report { environment.log(report.problems.isEmpty ? .notice : .warning, "\(report)") }
    }
}
