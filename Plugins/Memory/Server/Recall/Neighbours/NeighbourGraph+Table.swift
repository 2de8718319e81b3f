import Embedding

extension NeighbourGraph {
    /// Rows between two looks at whether the task is cancelled.
    private static let step = 1024

    /// A graph of every row; nil when there is not enough memory, or the task was cancelled.
    convenience init?(filledFrom table: VectorTable) {
        self.init(dimensions: table.dimensions, capacity: table.count + table.count / 8)
        for index in 0..<table.count {
            if index % Self.step == 0, Task.isCancelled { return nil }
            let row = table.row(index)
            guard add(row.vector, label: RowLabel.make(row.owner, row.place)) else { return nil }
        }
    }

    /// Compares a saved graph with the rows as they are, and takes out what is gone.
    ///
    /// - Returns: The memories it does not know as they are; nil when it is better to make it anew.
    func reconcile(with table: VectorTable) -> Set<Int64>? {
        var unknown: Set<Int64> = []
        var expected: Set<UInt64> = []
        expected.reserveCapacity(table.count)
        for index in 0..<table.count {
            if index % Self.step == 0, Task.isCancelled { return nil }
            let row = table.row(index)
            let label = RowLabel.make(row.owner, row.place)
            expected.insert(label)
            if !holds(row.vector, label: label) { unknown.insert(row.owner) }
        }
        guard unknown.count <= table.count / 2 else { return nil }
        for label in labels where !expected.contains(label) { _ = remove(label: label) }
        return unknown
    }
}
