import Testing

@testable import Embedding

@Suite("Vector table")
struct VectorTableTests {
    @Test("finds what a plain search finds, through random additions and removals", arguments: [1, 2, 3])
    func plain(seed: Int) {
        var random = SeededNumbers(seed: UInt64(seed))
        var table = VectorTable(dimensions: 20)
        var rows: [(owner: Int64, vector: [Float])] = []
        for step in 0..<2_000 {
            if rows.isEmpty || Int.random(in: 0..<3, using: &random) > 0 {
                let vector = random.floats(20)
                #expect(table.append(vector, owner: Int64(step)) == rows.count)
                rows.append((Int64(step), vector))
            } else {
                let row = Int.random(in: rows.indices, using: &random)
                let moved = table.remove(row: row)
                rows.swapAt(row, rows.count - 1)
                rows.removeLast()
                #expect(moved == (row < rows.count ? rows[row].owner : nil), "seed \(seed), step \(step)")
            }
        }
        #expect(table.count == rows.count)
        let query = random.floats(20)
        let expected = rows.map { row in
            (row.owner, zip(row.vector, query).reduce(Float(0)) { $0 + $1.0 * $1.1 })
        }
        .sorted { $0.1 > $1.1 }.prefix(25)
        let found = table.nearest(to: query, limit: 25)
        #expect(found.map(\.owner) == expected.map(\.0), "seed \(seed)")
        #expect(zip(found, expected).allSatisfy { abs($0.similarity - $1.1) < 1e-4 })
    }

    @Test("a long text counts by the mean of the whole and its best passage")
    func long() {
        var table = VectorTable(dimensions: 2)
        _ = table.append([0.5, 0], owner: 1, role: .whole)
        _ = table.append([0.2, 0], owner: 1, role: .passage)
        _ = table.append([0.9, 0], owner: 1, role: .passage)
        _ = table.append([0.69, 0], owner: 2)
        _ = table.append([0.71, 0], owner: 3)
        let found = table.nearest(to: [1, 0], limit: 3)
        #expect(found.map(\.owner) == [3, 1, 2])
        #expect(abs(found[1].similarity - 0.7) < 1e-6)
    }

    @Test("among some rows finds what the whole search finds of their owners")
    func some() {
        var random = SeededNumbers(seed: 9)
        var table = VectorTable(dimensions: 20)
        for owner in 0..<5_000 {
            let role: VectorTable.Role = owner % 3 == 0 ? .whole : .only
            _ = table.append(random.floats(20), owner: Int64(owner), role: role)
            if role == .whole {
                _ = table.append(random.floats(20), owner: Int64(owner), role: .passage, place: 1)
            }
        }
        let query = random.floats(20)
        let chosen = (0..<table.count).filter { table.row($0).owner % 10 < 3 }
        let found = table.nearest(to: query, limit: 30, among: chosen)
        let expected = table.nearest(to: query, limit: 5_000).filter { $0.owner % 10 < 3 }.prefix(30)
        #expect(found.map(\.owner) == expected.map(\.owner))
        #expect(zip(found, expected).allSatisfy { abs($0.similarity - $1.similarity) < 1e-4 })
    }

    @Test("crosses the border of segments")
    func segments() {
        var table = VectorTable(dimensions: 16)
        for owner in 0..<9_000 {
            _ = table.append([Float](repeating: Float(owner), count: 16), owner: Int64(owner))
        }
        let before = table
        #expect(table.remove(row: 10) == 8_999)
        #expect(table.nearest(to: [Float](repeating: 1, count: 16), limit: 1).first?.owner == 8_999)
        #expect(before.count == 9_000 && table.count == 8_999)
        #expect(table.nearest(to: [1], limit: 5).isEmpty)
    }
}
