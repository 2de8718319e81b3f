import Synchronization

/// The model all-MiniLM-L6-v2: a text becomes 384 floats.
///
/// Its folder holds `model.safetensors` and `vocab.txt`; matrices are F32, or F16 at half the size (`Scripts/halve-model.py`). The weights are mapped, so several processes share one copy and
/// nothing is read before it is needed. Safe to use from any thread; a batch is spread over `cores` of them.
package final class MiniLM: TextEmbedder {
    package let identity = "all-MiniLM-L6-v2"
    package let dimensions = ModelShape.miniLM.hidden

    private let tokenizer: WordPieceTokenizer
    private let pass: ForwardPass
    private let cores: Int
    private let workspaces = Mutex<[Workspace]>([])

    /// Pieces of a text that are read; what comes after them does not count.
    package static let longestText = 256
    /// Pieces that go through the layers at once: enough to pay for reading the weights, few enough for the cache.
    private static let batch = 512

    /// Opens the model in `folder`; a batch is spread over `cores` threads.
    package init(folder: String, cores: Int = 1) throws(EmbeddingFailure) {
        let vocabulary = try MappedFile("\(folder)/vocab.txt")
        tokenizer = try WordPieceTokenizer(vocabulary: Array(vocabulary.bytes))
        let shape = ModelShape.miniLM
        guard tokenizer.count >= shape.vocabulary, tokenizer.count <= shape.vocabulary + 1 else {
            throw EmbeddingFailure(
                .damaged,
                "expected \(shape.vocabulary) pieces in \(folder)/vocab.txt; found \(tokenizer.count). Fetch the model again"
            )
        }
        pass = ForwardPass(weights: try ModelWeights("\(folder)/model.safetensors", shape), shape: shape)
        self.cores = max(1, cores)
    }

    package func embed(_ texts: [String]) async throws(EmbeddingFailure) -> [[Float]] {
        let texts = texts.map { tokenizer.encode($0, limit: Self.longestText) }
        let batches = Self.batches(of: texts.map(\.count), cores: cores)
        guard batches.count > 1 else { return run(texts) }
        return await withTaskGroup(of: (Int, [[Float]]).self) { tasks in
            var results = [[[Float]]](repeating: [], count: batches.count)
            var next = 0
            func begin() {
                guard next < batches.count else { return }
                let (index, part) = (next, Array(texts[batches[next]]))
                tasks.addTask { (index, self.run(part)) }
                next += 1
            }
            for _ in 0..<cores { begin() }
            for await (index, vectors) in tasks {
                results[index] = vectors
                begin()
            }
            return results.flatMap { $0 }
        }
    }

    private func run(_ texts: [[Int32]]) -> [[Float]] {
        let workspace = workspaces.withLock { $0.popLast() } ?? Workspace()
        defer { workspaces.withLock { $0.append(workspace) } }
        return pass.run(texts, in: workspace)
    }

    /// Cuts texts of these lengths into runs: for every core some, none longer than a batch.
    static func batches(of lengths: [Int], cores: Int) -> [Range<Int>] {
        let total = lengths.reduce(0, +)
        let limit = min(batch, max(1, (total + cores - 1) / cores))
        var batches: [Range<Int>] = []
        var start = 0
        var pieces = 0
        for (index, length) in lengths.enumerated() {
            if pieces > 0, pieces + length > limit {
                batches.append(start..<index)
                start = index
                pieces = 0
            }
            pieces += length
        }
        if start < lengths.count { batches.append(start..<lengths.count) }
        return batches
    }
}
