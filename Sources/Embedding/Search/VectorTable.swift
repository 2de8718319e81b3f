/// Vectors in rows, each with its owner, searched exactly.
///
/// A value: a search goes on with the rows it began with while others are added. They lie in segments, so that a change
/// copies one segment and not everything a search may still hold.
package struct VectorTable: Sendable {
    /// What a row is of its owner's text.
    package enum Role: UInt8, Sendable {
        /// The whole of a short text.
        case only
        /// The whole of a long text, as far as the model reads.
        case whole
        /// A part of a long text.
        case passage
    }

    /// Rows of a segment: a copy of one takes about a millisecond.
    private static let segmentRows = 4096

    /// Floats of a vector.
    package let dimensions: Int
    private let width: Int
    private var segments: [[Float]] = []
    private var owners: [Int64] = []
    private var roles: [Role] = []
    private var places: [UInt8] = []

    package init(dimensions: Int) {
        self.dimensions = dimensions
        width = (dimensions + VectorProducts.lanes - 1) / VectorProducts.lanes * VectorProducts.lanes
    }

    /// How many rows there are.
    package var count: Int { owners.count }

    /// Adds a row and says where it stands.
    ///
    /// `place` is the row's number among those of its owner.
    package mutating func append(
        _ vector: [Float],
        owner: Int64,
        role: Role = .only,
        place: UInt8 = 0
    ) -> Int {
        precondition(vector.count == dimensions)
        if owners.count % Self.segmentRows == 0 {
            segments.append([])
            if owners.count > 0 { segments[segments.count - 1].reserveCapacity(Self.segmentRows * width) }
        }
        segments[segments.count - 1].append(contentsOf: vector)
        segments[segments.count - 1].append(contentsOf: repeatElement(0, count: width - dimensions))
        owners.append(owner)
        roles.append(role)
        places.append(place)
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
            roles[row] = roles[last]
            places[row] = places[last]
        }
        segments[lastSegment].removeLast(width)
        if segments[lastSegment].isEmpty { segments.removeLast() }
        owners.removeLast()
        roles.removeLast()
        places.removeLast()
        return row == last ? nil : owners[row]
    }

    /// What stands in a row.
    package func row(_ row: Int) -> (owner: Int64, place: UInt8, vector: [Float]) {
        let (segment, place) = row.quotientAndRemainder(dividingBy: Self.segmentRows)
        let start = place * width
        return (owners[row], places[row], Array(segments[segment][start..<start + dimensions]))
    }

    /// The owners whose texts are nearest, best first.
    ///
    /// A long text counts by the mean of two products: that of the whole and that of its best passage. Either alone finds less: the
    /// whole blurs what a passage says, and a passage says nothing of its surroundings.
    package func nearest(to query: [Float], limit: Int) -> [(owner: Int64, similarity: Float)] {
        guard limit > 0, !owners.isEmpty, query.count == dimensions else { return [] }
        let query = padded(query)
        var products: [Float] = []
        products.reserveCapacity(owners.count)
        for (index, segment) in segments.enumerated() {
            let rows = min(Self.segmentRows, owners.count - index * Self.segmentRows)
            VectorProducts.append(query, segment, from: 0, count: rows, width: width, to: &products)
        }
        var ranking = Ranking(limit: limit)
        for row in products.indices { ranking.offer(owners[row], roles[row], products[row]) }
        return ranking.sorted()
    }

    /// The same among some rows only: all rows of the owners in question.
    package func nearest(
        to query: [Float],
        limit: Int,
        among rows: [Int]
    ) -> [(owner: Int64, similarity: Float)] {
        guard limit > 0, query.count == dimensions else { return [] }
        let query = padded(query)
        var ranking = Ranking(limit: limit)
        var product: [Float] = []
        for row in rows {
            let (segment, place) = row.quotientAndRemainder(dividingBy: Self.segmentRows)
            product.removeAll(keepingCapacity: true)
            VectorProducts.append(query, segments[segment], from: place, count: 1, width: width, to: &product)
            ranking.offer(owners[row], roles[row], product[0])
        }
        return ranking.sorted()
    }

    private func padded(_ query: [Float]) -> [Float] {
        query + [Float](repeating: 0, count: width - dimensions)
    }

    private struct Ranking {
        private var best: BestFirst
        private var long: [Int64: (whole: Float, passage: Float)] = [:]

        init(limit: Int) { best = BestFirst(limit: limit) }

        mutating func offer(_ owner: Int64, _ role: Role, _ product: Float) {
            switch role {
            case .only: if product > best.threshold { best.offer(owner, product) }
            case .whole: long[owner, default: (0, -1)].whole = product
            case .passage:
                let known = long[owner, default: (0, -1)].passage
                long[owner, default: (0, -1)].passage = max(known, product)
            }
        }

        func sorted() -> [(owner: Int64, similarity: Float)] {
            var best = best
            for (owner, parts) in long { best.offer(owner, (parts.whole + parts.passage) / 2) }
            return best.sorted()
        }
    }
}
