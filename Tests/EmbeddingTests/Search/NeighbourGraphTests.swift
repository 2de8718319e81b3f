import Glibc
import Testing

@testable import Embedding

@Suite("Graph of neighbours")
struct NeighbourGraphTests {
    private static let dimensions = 40
    private let vectors: [[Float]]

    /// Around ten directions, as texts about ten things would lie.
    init() {
        var random = SeededNumbers(seed: 3)
        let centres = (0..<10).map { _ in random.floats(Self.dimensions) }
        vectors = (0..<1_000).map { number in
            zip(centres[number % 10], random.floats(Self.dimensions)).map { $0 + $1 * 0.3 }
        }
    }

    private func graph() throws -> NeighbourGraph {
        let graph = try #require(NeighbourGraph(dimensions: Self.dimensions, capacity: 10))
        for (label, vector) in vectors.enumerated() { #expect(graph.add(vector, label: UInt64(label))) }
        return graph
    }

    private func nearest(to query: [Float], among labels: some Sequence<Int>) -> [UInt64] {
        labels.map { label in
            (UInt64(label), zip(query, vectors[label]).reduce(Float(0)) { $0 + $1.0 * $1.1 })
        }
        .sorted { $0.1 > $1.1 }.map(\.0)
    }

    @Test("grows beyond its room, and its proposals hold the nearest")
    func proposals() throws {
        let graph = try graph()
        #expect(graph.count == vectors.count && graph.removed == 0)
        for query in vectors.prefix(50) {
            let proposed = Set(graph.nearest(to: query, limit: 100))
            #expect(proposed.count == 100)
            let missed = nearest(to: query, among: vectors.indices).prefix(10).filter {
                !proposed.contains($0)
            }
            #expect(missed.isEmpty)
        }
        #expect(graph.nearest(to: [1], limit: 5).isEmpty)
        #expect(graph.nearest(to: vectors[0], limit: 0).isEmpty)
    }

    @Test("what is taken out is not proposed, and comes back when it is added again")
    func removal() throws {
        let graph = try graph()
        for label in stride(from: 0, to: 1_000, by: 2) { #expect(graph.remove(label: UInt64(label))) }
        #expect(!graph.remove(label: 0) && !graph.remove(label: 5_000))
        #expect(graph.removed == 500 && graph.labels.count == 500)
        let proposed = graph.nearest(to: vectors[0], limit: 200)
        #expect(!proposed.isEmpty && proposed.allSatisfy { $0 % 2 == 1 })
        #expect(!graph.holds(vectors[0], label: 0))
        #expect(graph.add(vectors[0], label: 0) && graph.removed == 499)
        #expect(graph.holds(vectors[0], label: 0))
        #expect(graph.nearest(to: vectors[0], limit: 200).contains(0))
    }

    @Test("a label whose vector moves is found at its new place only")
    func moves() throws {
        let graph = try graph()
        #expect(graph.add(vectors[1], label: 0) && graph.count == vectors.count)
        #expect(graph.holds(vectors[1], label: 0) && !graph.holds(vectors[0], label: 0))
        #expect(graph.nearest(to: vectors[1], limit: 10).contains(0))
    }

    @Test("a vector of zeros harms nobody")
    func zeros() throws {
        let graph = try graph()
        #expect(graph.add([Float](repeating: 0, count: Self.dimensions), label: 7_000))
        #expect(graph.nearest(to: vectors[0], limit: 10).count == 10)
    }

    @Test("is the same after it was saved and opened; what is no whole graph is refused")
    func file() throws {
        let path = "/tmp/roost-graph-\(getpid())"
        defer { unlink(path) }
        let graph = try graph()
        for label in 0..<100 { #expect(graph.remove(label: UInt64(label))) }
        #expect(graph.save(to: path))
        let opened = try #require(NeighbourGraph(file: path, dimensions: Self.dimensions))
        #expect(opened.count == graph.count && opened.removed == 100 && opened.labels == graph.labels)
        for query in vectors.suffix(20) {
            #expect(opened.nearest(to: query, limit: 30) == graph.nearest(to: query, limit: 30))
        }
        #expect(opened.add(vectors[0], label: 0) && opened.holds(vectors[0], label: 0))

        #expect(NeighbourGraph(file: path, dimensions: 41 + 64) == nil)
        #expect(NeighbourGraph(file: path + "-absent", dimensions: Self.dimensions) == nil)
        let whole = try TestFiles.bytes(of: path)
        for length in [0, 8, 31, 32, 100, whole.count / 2, whole.count - 1] {
            try TestFiles.write(whole[..<length], to: path)
            #expect(NeighbourGraph(file: path, dimensions: Self.dimensions) == nil, "\(length) bytes")
        }
        // Every eighth byte of the head as large as it can be: counts, sizes, the entry.
        for place in stride(from: 0, to: 96, by: 8) {
            var damaged = whole
            for index in place..<place + 8 { damaged[index] = 0xFF }
            try TestFiles.write(damaged, to: path)
            if let opened = NeighbourGraph(file: path, dimensions: Self.dimensions) {
                #expect(opened.nearest(to: vectors[0], limit: 5).count == 5, "byte \(place)")
            }
        }
        #expect(!graph.save(to: "/nowhere/graph"))
    }

    @Test("questions and changes at once")
    func together() async throws {
        let graph = try graph()
        await withTaskGroup(of: Int.self) { tasks in
            for task in 0..<4 {
                tasks.addTask { [vectors] in
                    var found = 0
                    for step in 0..<300 {
                        if task == 0 {
                            found += graph.add(vectors[step], label: UInt64(1_000 + step)) ? 1 : 0
                            if step % 3 == 0 { _ = graph.remove(label: UInt64(1_000 + step)) }
                        } else {
                            found += graph.nearest(to: vectors[step], limit: 20).count == 20 ? 1 : 0
                        }
                    }
                    return found
                }
            }
            for await found in tasks { #expect(found == 300) }
        }
        #expect(graph.count == 1_300 && graph.removed == 100)
    }
}
