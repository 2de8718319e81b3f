/// Vectors in rows, each with its owner, searched exactly.
///
/// A value: a search goes on with the rows it began with while others are added. They lie in segments, so that a change
/// copies one segment and not everything a search may still hold.
package struct VectorTable: Sendable {
    /// Rows of a segment: a copy of one takes about a millisecond.
    private static let segmentRows = 4096

    /// Floats of a vector.
    package let dimensions: Int
    private let width: Int
    private var segments: [[Float]] = []
    private var owners: [Int64] = []

    package init(dimensions: Int) {
        self.dimensions = dimensions
        width = (dimensions + VectorProducts.lanes - 1) / VectorProducts.lanes * VectorProducts.lanes
    }

    /// How many rows there are.
    package var count: Int { owners.count }

    /// Adds a row and gives its place.
    package mutating func append(_ vector: [Float], owner: Int64) -> Int {
        precondition(vector.count == dimensions)
        if owners.count % Self.segmentRows == 0 {
            segments.append([])
            if owners.count > 0 { segments[segments.count - 1].reserveCapacity(Self.segmentRows * width) }
        }
        segments[segments.count - 1].append(contentsOf: vector)
        segments[segments.count - 1].append(contentsOf: repeatElement(0, count: width - dimensions))
        owners.append(owner)
        return owners.count - 1
    }

    /// Takes a row out; the last one moves to its place.
    ///
    /// - Returns: The owner of the row that moved; nil when the last row itself was taken out.
    package mutating func remove(row: Int) -> Int64? {
        let last = owners.count - 1
        let (lastSegment, lastPlace) = last.quotientAndRemainder(dividingBy: Self.segmentRows)
        let floats = lastPlace * width..<(lastPlace + 1) * width
        if row != last {
            let (segment, place) = row.quotientAndRemainder(dividingBy: Self.segmentRows)
            let moved = Array(segments[lastSegment][floats])
            segments[segment].replaceSubrange(place * width..<(place + 1) * width, with: moved)
            owners[row] = owners[last]
        }
        segments[lastSegment].removeLast(width)
        if segments[lastSegment].isEmpty { segments.removeLast() }
        owners.removeLast()
        return row == last ? nil : owners[row]
    }

    /// The owners with the largest products, best first, each with its best row's.
    package func nearest(to query: [Float], limit: Int) -> [(owner: Int64, similarity: Float)] {
        guard limit > 0, !owners.isEmpty, query.count == dimensions else { return [] }
        let query = query + [Float](repeating: 0, count: width - dimensions)
        var products: [Float] = []
        products.reserveCapacity(owners.count)
        for (index, segment) in segments.enumerated() {
            let rows = min(Self.segmentRows, owners.count - index * Self.segmentRows)
            VectorProducts.append(query, segment, count: rows, width: width, to: &products)
        }
        var best = BestFirst(limit: limit)
        for row in products.indices where products[row] > best.threshold {
            best.offer(owners[row], products[row])
        }
        return best.sorted()
    }
}
