import Embedding
import Synchronization

/// The vectors of all memories, in memory, one table for each namespace, and a graph beside each large one.
///
/// It follows the database: before each search it takes in what any process has written since the last one, so an update
/// or a deletion counts at once, and nobody has to tell it. A search works on its own copy of the tables.
///
/// ```
/// few rows     question ─> every row of the table ─────────────────────────────> nearest
/// many rows    question ─> graph ─> candidates + what it does not know yet ─> their rows of the table ─> nearest
/// ```
///
/// The graph only proposes; whether a memory exists, what it says and how near it is, the table knows.
final class VectorIndex: Sendable {
    private struct State {
        var number: Int64?
        /// Rises when everything is loaded anew.
        var era = 0
        var tables: [Namespace: VectorTable] = [:]
        /// Where the rows of a memory stand.
        var rows: [Int64: (namespace: Namespace, rows: [Int])] = [:]
        var graphs: [Namespace: GraphProgress] = [:]
    }

    /// Has an element when a graph has something to catch up with; ``tend()`` does it.
    let work: AsyncStream<Void>

    private let model: String
    private let dimensions: Int
    private let exactUpTo: Int
    private let files: GraphFiles?
    private let state = Mutex(State())
    private let wake: AsyncStream<Void>.Continuation
    private let reportDamage: @Sendable (Int) -> Void

    /// Questions that go deeper than this look at every row: a graph finds the first few best.
    private static let deepest = 1000
    /// Candidates of a graph at least.
    private static let proposals = 200
    /// Memories that a graph takes in between two looks at whether it should stop.
    private static let step = 256

    /// An empty index, which loads itself when it is first asked.
    ///
    /// - Parameters:
    ///   - model: The model of the vectors.
    ///   - dimensions: Floats of a vector.
    ///   - exactUpTo: A namespace with more rows than this gets a graph.
    ///   - files: Where graphs are kept; nil: they are made anew at each start.
    ///   - reportDamage: Is told how many stored vectors could not be read.
    init(
        model: String,
        dimensions: Int,
        exactUpTo: Int = .max,
        files: GraphFiles? = nil,
        reportDamage: @escaping @Sendable (Int) -> Void
    ) {
        self.model = model
        self.dimensions = dimensions
        self.exactUpTo = exactUpTo
        self.files = files
        self.reportDamage = reportDamage
        (work, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The memories nearest to a question, as the database stands now, best first.
    ///
    /// Fewer than `limit` only when there are no more.
    func nearest(
        to query: [Float],
        in namespaces: [Namespace],
        limit: Int,
        following store: MemoryStore
    ) throws(StorageError) -> [(owner: Int64, similarity: Float)] {
        try follow(store)
        let found = namespaces.map { nearest(to: query, in: $0, limit: limit) }
        guard found.count != 1 else { return found[0] }
        return Array(found.joined().sorted { $0.similarity > $1.similarity }.prefix(limit))
    }

    /// Takes in what the database tells.
    func follow(_ store: MemoryStore) throws(StorageError) {
        let (damaged, hasWork) = try state.withLock { state throws(StorageError) -> (Int, Bool) in
            guard let changes = try store.changes(after: state.number, model: model, dimensions: dimensions)
            else { return (0, false) }
            Self.apply(changes, dimensions, exactUpTo, to: &state)
            return (changes.damaged, nextStep(&state) != nil)
        }
        if damaged > 0 { reportDamage(damaged) }
        if hasWork { wake.yield() }
    }

    /// True when the namespace's searches go through a graph.
    func isApproximate(_ namespace: Namespace) -> Bool {
        state.withLock { $0.graphs[namespace]?.usable != nil }
    }

    private func nearest(
        to query: [Float],
        in namespace: Namespace,
        limit: Int
    ) -> [(owner: Int64, similarity: Float)] {
        let graph = state.withLock { $0.graphs[namespace]?.usable }
        if let graph, limit <= Self.deepest {
            let labels = graph.nearest(to: query, limit: max(Self.proposals, limit * 2))
            let candidates = Set(labels.map(RowLabel.owner))
            let (table, rows) = state.withLock { state -> (VectorTable?, [Int]) in
                let unknown = state.graphs[namespace].map { Array($0.pending.keys) } ?? []
                let rows = candidates.union(unknown).flatMap { state.rows[$0]?.rows ?? [] }
                return (state.tables[namespace], rows)
            }
            let found = table?.nearest(to: query, limit: limit, among: rows) ?? []
            if found.count == limit { return found }
        }
        return state.withLock { $0.tables[namespace] }?.nearest(to: query, limit: limit) ?? []
    }

    private static func apply(
        _ changes: IndexChanges,
        _ dimensions: Int,
        _ exactUpTo: Int,
        to state: inout State
    ) {
        if changes.isWhole {
            state.tables = [:]
            state.rows = [:]
            state.graphs = [:]
            state.era += 1
        }
        for id in changes.changed { remove(id, from: &state) }
        for entry in changes.entries {
            var rows: [Int] = []
            for (place, vector) in entry.vectors.enumerated() {
                let role: VectorTable.Role = entry.vectors.count == 1 ? .only : place == 0 ? .whole : .passage
                rows.append(
                    state.tables[entry.namespace, default: VectorTable(dimensions: dimensions)]
                        .append(vector, owner: entry.id, role: role, place: UInt8(clamping: place))
                )
            }
            state.rows[entry.id] = (entry.namespace, rows)
            state.graphs[entry.namespace]?.note(entry.id)
        }
        for (namespace, table) in state.tables where table.count > exactUpTo {
            if state.graphs[namespace] == nil { state.graphs[namespace] = GraphProgress() }
        }
        state.number = changes.number
    }

    private static func remove(_ id: Int64, from state: inout State) {
        guard let known = state.rows.removeValue(forKey: id) else { return }
        state.graphs[known.namespace]?.note(id)
        // From the last row on, so that no row of this memory is moved into another's place.
        for row in known.rows.sorted(by: >) {
            let last = (state.tables[known.namespace]?.count ?? 0) - 1
            guard let moved = state.tables[known.namespace]?.remove(row: row) else { continue }
            if let place = state.rows[moved]?.rows.firstIndex(of: last) {
                state.rows[moved]?.rows[place] = row
            }
        }
        if state.tables[known.namespace]?.count == 0 { state.tables[known.namespace] = nil }
    }
}

// MARK: - The graphs

extension VectorIndex {
    /// Brings the graphs up to date: makes, renews, extends and saves them.
    ///
    /// Blocks its thread, for minutes when a large graph is made, and holds up no search. Ends early when its task is cancelled;
    /// only one may run at a time.
    func tend() {
        while !Task.isCancelled {
            guard let (namespace, step) = state.withLock({ nextStep(&$0) }) else { return }
            switch step {
            case .make: make(namespace)
            case .take: take(namespace)
            case .save(let graph):
                // One that could not be saved is tried again after as many changes.
                files?.save(graph, of: namespace)
                state.withLock { $0.graphs[namespace]?.saved() }
            case .drop:
                state.withLock { $0.graphs[namespace] = nil }
                files?.remove(of: namespace)
            }
        }
    }

    private func nextStep(_ state: inout State) -> (Namespace, GraphProgress.Step)? {
        for (namespace, progress) in state.graphs {
            let rows = state.tables[namespace]?.count ?? 0
            if let step = progress.next(rows: rows, exactUpTo: exactUpTo) { return (namespace, step) }
        }
        return nil
    }

    private func make(_ namespace: Namespace) {
        let (table, era, isFirst) = state.withLock { state -> (VectorTable?, Int, Bool) in
            let isFirst = state.graphs[namespace]?.graph == nil
            state.graphs[namespace]?.begin()
            return (state.tables[namespace], state.era, isFirst)
        }
        guard let table else { return }
        var made: (graph: NeighbourGraph, unknown: Set<Int64>, isSaved: Bool)?
        if isFirst, let saved = files?.open(of: namespace, dimensions: dimensions),
            let unknown = saved.reconcile(with: table)
        {
            made = (saved, unknown, true)
        } else if let graph = NeighbourGraph(filledFrom: table) {
            made = (graph, [], false)
        }
        guard !Task.isCancelled else { return state.withLock { $0.graphs[namespace]?.interrupted() } }
        state.withLock { state in
            // Everything was loaded anew meanwhile: the new progress begins by itself.
            guard state.era == era else { return }
            state.graphs[namespace]?.finish(
                made?.graph,
                not: made?.unknown ?? [],
                isSaved: made?.isSaved ?? true
            )
        }
    }

    private func take(_ namespace: Namespace) {
        let batch = state.withLock { state -> GraphBatch? in
            guard let progress = state.graphs[namespace], let graph = progress.graph else { return nil }
            let items = progress.pending.prefix(Self.step).map { id, stamp in
                let rows = (state.rows[id]?.rows ?? []).compactMap { state.tables[namespace]?.row($0) }
                return GraphBatch.Item(id: id, stamp: stamp, rows: rows.map { ($0.place, $0.vector) })
            }
            return GraphBatch(graph: graph, items: items)
        }
        guard let batch else { return }
        let isWhole = batch.apply()
        state.withLock { state in
            guard state.graphs[namespace]?.graph === batch.graph else { return }
            if isWhole {
                state.graphs[namespace]?.took(batch.items.map { ($0.id, $0.stamp) })
            } else {
                state.graphs[namespace]?.finish(nil, not: [], isSaved: true)
            }
        }
    }
}
