import Embedding
import Synchronization

/// The vectors of all memories, in memory, one table for each namespace.
///
/// It follows the database: before each search it takes in what any process has written since the last one, so an update
/// or a deletion counts at once, and nobody has to tell it. A search works on its own copy of the tables.
final class VectorIndex: Sendable {
    private struct State {
        var number: Int64?
        var tables: [Namespace: VectorTable] = [:]
        /// Where the rows of a memory stand.
        var rows: [Int64: (namespace: Namespace, rows: [Int])] = [:]
    }

    private let model: String
    private let dimensions: Int
    private let state = Mutex(State())
    private let reportDamage: @Sendable (Int) -> Void

    /// Is told how many stored vectors could not be read.
    init(model: String, dimensions: Int, reportDamage: @escaping @Sendable (Int) -> Void) {
        self.model = model
        self.dimensions = dimensions
        self.reportDamage = reportDamage
    }

    /// The tables of these namespaces, as the database stands now.
    func tables(
        of namespaces: [Namespace],
        following store: MemoryStore
    ) throws(StorageError) -> [VectorTable] {
        let (tables, damaged) = try state.withLock { state throws(StorageError) -> ([VectorTable], Int) in
            var damaged = 0
            if let changes = try store.changes(after: state.number, model: model, dimensions: dimensions) {
                damaged = changes.damaged
                Self.apply(changes, dimensions, to: &state)
            }
            return (namespaces.compactMap { state.tables[$0] }, damaged)
        }
        if damaged > 0 { reportDamage(damaged) }
        return tables
    }

    /// How many vectors there are.
    var count: Int { state.withLock { $0.tables.values.reduce(0) { $0 + $1.count } } }

    private static func apply(_ changes: IndexChanges, _ dimensions: Int, to state: inout State) {
        if changes.isWhole {
            state.tables = [:]
            state.rows = [:]
        }
        for id in changes.changed { remove(id, from: &state) }
        for entry in changes.entries {
            var rows: [Int] = []
            for (place, vector) in entry.vectors.enumerated() {
                let role: VectorTable.Role = entry.vectors.count == 1 ? .only : place == 0 ? .whole : .passage
                rows.append(
                    state.tables[entry.namespace, default: VectorTable(dimensions: dimensions)]
                        .append(vector, owner: entry.id, role: role)
                )
            }
            state.rows[entry.id] = (entry.namespace, rows)
        }
        state.number = changes.number
    }

    private static func remove(_ id: Int64, from state: inout State) {
        guard let known = state.rows.removeValue(forKey: id) else { return }
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
