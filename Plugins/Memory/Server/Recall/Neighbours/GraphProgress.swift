import Embedding

/// How far the graph of a namespace has come, and what is to be done for it next.
///
/// ```
/// rows > limit   next ── make          begin ......... changes are noted ......... finish ── usable
///                next ── take: what was noted goes into it, in batches
///                next ── save: enough has changed since it was saved
///                next ── make again: too much of it was taken out since
/// rows < limit/2 next ── drop
/// ```
///
/// While a graph is made or has fallen far behind, every row is looked at instead.
struct GraphProgress {
    enum Step {
        /// Open the saved one, or make it from the table.
        case make
        /// Put in what is pending.
        case take
        case save(NeighbourGraph)
        case drop
    }

    /// Memories outside of the graph that a search looks at one by one.
    static let mostPending = 4096

    private(set) var graph: NeighbourGraph?
    /// Memories that the graph does not know as they are, and when they changed last.
    private(set) var pending: [Int64: Int] = [:]
    private var clock = 0
    private var begunAt: Int?
    private var changesSinceSave = 0
    /// There was no memory for it: nobody tries again until the plugin starts anew.
    private var isRefused = false

    /// The graph when a search may rely on it.
    var usable: NeighbourGraph? { pending.count <= Self.mostPending ? graph : nil }

    /// What is to be done next; nil when nothing is.
    func next(rows: Int, exactUpTo: Int) -> Step? {
        // Half of the limit, so that a namespace at the limit does not lose its graph and get it back all the time.
        if rows <= exactUpTo / 2 { return .drop }
        guard begunAt == nil, !isRefused else { return nil }
        guard let graph else { return rows > exactUpTo ? .make : nil }
        if !pending.isEmpty { return .take }
        if graph.removed > graph.count / 4 { return .make }
        return changesSinceSave > max(1000, rows / 20) ? .save(graph) : nil
    }

    /// A memory was added, changed or deleted.
    mutating func note(_ id: Int64) {
        clock += 1
        pending[id] = clock
    }

    /// A graph is being made from the rows as they are now.
    mutating func begin() { begunAt = clock }

    /// The graph is made, but for the memories in `unknown`; nil when there was no memory for it.
    mutating func finish(_ made: NeighbourGraph?, not unknown: Set<Int64>, isSaved: Bool) {
        let begin = begunAt ?? clock
        begunAt = nil
        graph = made
        isRefused = made == nil
        pending = made == nil ? [:] : pending.filter { $0.value > begin }
        for id in unknown where pending[id] == nil { pending[id] = begin }
        changesSinceSave = isSaved ? 0 : .max / 2
    }

    /// The making was given up because the plugin stops.
    mutating func interrupted() { begunAt = nil }

    /// These memories are in the graph now, as they were at their times.
    mutating func took(_ items: [(id: Int64, stamp: Int)]) {
        for item in items where pending[item.id] == item.stamp { pending[item.id] = nil }
        changesSinceSave += items.count
    }

    /// A save was tried.
    mutating func saved() { changesSinceSave = 0 }
}
