import Embedding
import Testing

@testable import MemoryServer

@Suite("Progress of a graph")
struct GraphProgressTests {
    private func graph(_ count: Int) throws -> NeighbourGraph {
        let graph = try #require(NeighbourGraph(dimensions: 2, capacity: count))
        for label in 0..<count { #expect(graph.add([1, Float(label)], label: UInt64(label))) }
        return graph
    }

    private func name(_ step: GraphProgress.Step?) -> String {
        switch step {
        case .make?: "make"
        case .take?: "take"
        case .save?: "save"
        case .drop?: "drop"
        case nil: "nothing"
        }
    }

    @Test("is made above the limit, saved, and dropped below half of it")
    func life() throws {
        var progress = GraphProgress()
        #expect(name(progress.next(rows: 100, exactUpTo: 100)) == "nothing")
        #expect(name(progress.next(rows: 101, exactUpTo: 100)) == "make")
        progress.begin()
        #expect(name(progress.next(rows: 101, exactUpTo: 100)) == "nothing", "one at a time")
        #expect(progress.usable == nil)
        progress.finish(try graph(3), not: [], isSaved: false)
        #expect(progress.usable != nil)
        #expect(name(progress.next(rows: 101, exactUpTo: 100)) == "save")
        progress.saved()
        #expect(name(progress.next(rows: 51, exactUpTo: 100)) == "nothing")
        #expect(name(progress.next(rows: 50, exactUpTo: 100)) == "drop")
    }

    /// ```
    /// note 1 ── begin ── note 2 ── finish        2 is not in it, 1 is
    /// take 2 ── note 2 ── took 2                 2 changed again: it is still to be taken
    /// ```
    @Test("what changes while it is made, or while it is taken in, is not lost")
    func interleaving() throws {
        var progress = GraphProgress()
        progress.note(1)
        progress.begin()
        progress.note(2)
        progress.finish(try graph(3), not: [7], isSaved: true)
        #expect(Set(progress.pending.keys) == [2, 7])
        #expect(name(progress.next(rows: 101, exactUpTo: 100)) == "take")
        let taken = progress.pending.map { (id: $0.key, stamp: $0.value) }
        progress.note(2)
        progress.took(taken)
        #expect(Array(progress.pending.keys) == [2])
    }

    @Test("is not relied on while it lags far behind")
    func lag() throws {
        var progress = GraphProgress()
        progress.begin()
        progress.finish(try graph(3), not: [], isSaved: true)
        for id in 0..<Int64(GraphProgress.mostPending) { progress.note(id) }
        #expect(progress.usable != nil)
        progress.note(1_000_000)
        #expect(progress.usable == nil)
    }

    @Test("is made anew when a quarter was taken out; without memory for it nobody tries again")
    func renewal() throws {
        var progress = GraphProgress()
        progress.begin()
        let graph = try graph(8)
        progress.finish(graph, not: [], isSaved: true)
        for label in 0..<2 { #expect(graph.remove(label: UInt64(label))) }
        #expect(name(progress.next(rows: 101, exactUpTo: 100)) == "nothing")
        #expect(graph.remove(label: 2))
        #expect(name(progress.next(rows: 101, exactUpTo: 100)) == "make")
        progress.begin()
        progress.finish(nil, not: [], isSaved: true)
        #expect(name(progress.next(rows: 101, exactUpTo: 100)) == "nothing")
        #expect(progress.usable == nil)
    }
}
