/// How many requests of one plugin are under way: so many at once, the rest in the order they came.
struct HTTPGate<Waiter: Sendable>: Sendable {
    enum Entry: Sendable, Equatable { case enter, wait, refuse }

    private(set) var inside = 0
    private var waiting: [(number: UInt64, waiter: Waiter)] = []
    private let limit: Int
    private let queue: Int
    private var nextNumber: UInt64 = 1

    init(limit: Int, queue: Int) {
        self.limit = max(1, limit)
        self.queue = queue
    }

    var waitingCount: Int { waiting.count }

    /// Asks for a place; the number names who waits.
    mutating func enter(_ waiter: Waiter) -> (Entry, number: UInt64) {
        defer { nextNumber += 1 }
        if inside < limit {
            inside += 1
            return (.enter, nextNumber)
        }
        guard waiting.count < queue else { return (.refuse, nextNumber) }
        waiting.append((nextNumber, waiter))
        return (.wait, nextNumber)
    }

    /// Gives a place back: to the one who waits longest, who is returned, when there is one.
    mutating func leave() -> Waiter? {
        guard !waiting.isEmpty else {
            inside -= 1
            return nil
        }
        return waiting.removeFirst().waiter
    }

    /// Takes somebody out of the queue; false when he is not in it any more.
    mutating func giveUp(_ number: UInt64) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return false }
        waiting.remove(at: index)
        return true
    }
}
