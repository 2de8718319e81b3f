import Embedding

/// Some memories on their way into a graph.
struct GraphBatch {
    struct Item {
        let id: Int64
        let stamp: Int
        /// Its rows as they are now; none when it was deleted.
        let rows: [(place: UInt8, vector: [Float])]
    }

    let graph: NeighbourGraph
    let items: [Item]

    /// Puts them in and takes out what they no longer have; false when there is not enough memory.
    func apply() -> Bool {
        for item in items {
            for row in item.rows {
                let label = RowLabel.make(item.id, row.place)
                guard graph.holds(row.vector, label: label) || graph.add(row.vector, label: label) else {
                    return false
                }
            }
            var place = item.rows.count
            // Places are without gaps: the first that is not there was the last one.
            while place <= UInt8.max, graph.remove(label: RowLabel.make(item.id, UInt8(place))) { place += 1 }
        }
        return true
    }
}
