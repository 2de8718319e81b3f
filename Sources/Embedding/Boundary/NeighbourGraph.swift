import CHNSW

/// A graph of near vectors: proposes the likely nearest of very many without looking at each.
///
/// It keeps a byte for each float, so its own order is rough; whoever asks takes exact products of what it proposes. Any
/// thread may ask and change it at once: questions run beside each other, a change waits for those that run.
///
/// Unchecked: the pointer is never replaced, what it leads to locks itself, and it is freed with the last reference.
package final class NeighbourGraph: @unchecked Sendable {
    /// Floats of a vector.
    package let dimensions: Int
    private let graph: OpaquePointer

    /// An empty graph with room for so many vectors; it grows when there are more.
    ///
    /// Nil when there is not enough memory.
    package init?(dimensions: Int, capacity: Int) {
        guard dimensions > 0, capacity >= 0, let graph = chnsw_create(dimensions, capacity) else {
            return nil
        }
        self.dimensions = dimensions
        self.graph = graph
    }

    /// Reads a file that ``save(to:)`` wrote.
    ///
    /// Nil when there is none, when it is damaged, or when its vectors have other dimensions.
    package init?(file: String, dimensions: Int) {
        guard dimensions > 0, let graph = chnsw_open(file, dimensions) else { return nil }
        self.dimensions = dimensions
        self.graph = graph
    }

    deinit { chnsw_free(graph) }

    /// Vectors in it, those taken out included: these stay as ways to others.
    package var count: Int { chnsw_count(graph) }

    /// Vectors taken out.
    package var removed: Int { chnsw_removed(graph) }

    /// The labels of all vectors that are not taken out.
    package var labels: [UInt64] {
        [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
            // Invariant: at most as many labels are written as the buffer has room for.
            guard let start = buffer.baseAddress else { return }
            initialized = chnsw_labels(graph, start, buffer.count)
        }
    }

    /// Adds a vector, or moves the one with this label.
    ///
    /// - Returns: False when there is not enough memory.
    package func add(_ vector: [Float], label: UInt64) -> Bool {
        precondition(vector.count == dimensions)
        // Invariant: the vector has the dimensions of the graph, and is read while the call runs.
        return chnsw_add(graph, vector, label)
    }

    /// Takes a vector out; false when there is none with this label.
    package func remove(label: UInt64) -> Bool { chnsw_remove(graph, label) }

    /// True when this vector, as far as its bytes tell, is there under the label.
    package func holds(_ vector: [Float], label: UInt64) -> Bool {
        precondition(vector.count == dimensions)
        // Invariant: as in add.
        return chnsw_holds(graph, vector, label)
    }

    /// The labels of the vectors whose products with the query seem largest, best first; at most `limit`.
    package func nearest(to query: [Float], limit: Int) -> [UInt64] {
        guard query.count == dimensions, limit > 0 else { return [] }
        return [UInt64](unsafeUninitializedCapacity: limit) { buffer, initialized in
            // Invariant: at most `limit` labels are written, and the buffer has room for them.
            guard let start = buffer.baseAddress else { return }
            initialized = chnsw_nearest(graph, query, limit, start)
        }
    }

    /// Writes the graph to a file.
    ///
    /// - Returns: False when it did not come there whole; what lies there then is no graph.
    package func save(to file: String) -> Bool { chnsw_save(graph, file) }
}
