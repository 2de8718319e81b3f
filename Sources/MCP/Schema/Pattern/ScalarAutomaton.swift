/// A regular expression as a machine that reads a text once, whatever the expression: no backtracking.
///
/// Each step of the program is either a set of scalars to read or a fork; all ways through it are followed side by side
/// (Thompson's construction). Looks and back references cannot be expressed so, and make no automaton.
struct ScalarAutomaton: Sendable {
    private enum Step: Sendable {
        case read(Int)
        case fork(Int, Int)
        case start
        case end
        case boundary(Bool)
        case match
    }

    private var steps: [Step] = []
    private var sets: [ScalarSet] = []
    /// More would make each scalar of a text too costly.
    private static let maximumSteps = 4_000

    /// Nil when the expression needs more than an automaton, or a very large one.
    init?(_ node: ECMANode) {
        guard append(node) else { return nil }
        steps.append(.match)
    }

    // MARK: Building

    private mutating func append(_ node: ECMANode) -> Bool {
        guard steps.count < Self.maximumSteps else { return false }
        switch node {
        case .set(let set):
            guard set.properties.allSatisfy({ $0.matches("a") != nil }) else { return false }
            steps.append(.read(sets.count))
            sets.append(set)
        case .sequence(let nodes):
            for node in nodes { guard append(node) else { return false } }
        case .alternatives(let nodes): return appendAlternatives(nodes[...])
        case .group(let node, _): return append(node)
        case .repeated(let node, let least, let most): return appendRepeated(node, least, most)
        case .start: steps.append(.start)
        case .end: steps.append(.end)
        case .boundary(let isOne): steps.append(.boundary(isOne))
        case .look, .reference: return false
        }
        return true
    }

    private mutating func appendAlternatives(_ nodes: ArraySlice<ECMANode>) -> Bool {
        guard let first = nodes.first else { return true }
        if nodes.count == 1 { return append(first) }
        let fork = steps.count
        steps.append(.match)
        guard append(first) else { return false }
        let jump = steps.count
        steps.append(.match)
        steps[fork] = .fork(fork + 1, steps.count)
        guard appendAlternatives(nodes.dropFirst()) else { return false }
        steps[jump] = .fork(steps.count, steps.count)
        return true
    }

    private mutating func appendRepeated(_ node: ECMANode, _ least: Int, _ most: Int?) -> Bool {
        for _ in 0..<least { guard append(node) else { return false } }
        guard let most else {
            let fork = steps.count
            steps.append(.match)
            guard append(node) else { return false }
            steps.append(.fork(fork, fork))
            steps[fork] = .fork(fork + 1, steps.count)
            return true
        }
        var forks: [Int] = []
        for _ in least..<most {
            forks.append(steps.count)
            steps.append(.match)
            guard append(node) else { return false }
        }
        for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
        return true
    }

    // MARK: Reading

    /// True when some part of the text matches; nil when that took more than `budget` steps, which it lowers.
    func matches(_ text: String, budget: inout Int) -> Bool? {
        var threads: [Int] = []
        var next: [Int] = []
        var seen = [Int](repeating: -1, count: steps.count)
        var pending: [Int] = []
        var before: Unicode.Scalar?
        var position = 0
        var scalars = text.unicodeScalars.makeIterator()
        let isAnchored = if case .start = steps[0] { true } else { false }
        while true {
            let scalar = scalars.next()
            if position == 0 || !isAnchored { threads.append(0) } else if threads.isEmpty { return false }
            next.removeAll(keepingCapacity: true)
            for thread in threads {
                pending.append(thread)
                while let place = pending.popLast() {
                    guard seen[place] != position else { continue }
                    seen[place] = position
                    budget -= 1
                    switch steps[place] {
                    case .match:
                        return true
                    case .read(let set):
                        if let scalar, sets[set].contains(scalar) { next.append(place + 1) }
                    case .fork(let one, let other):
                        pending.append(other)
                        if one != other { pending.append(one) }
                    case .start: if position == 0 { pending.append(place + 1) }
                    case .end: if scalar == nil { pending.append(place + 1) }
                    case .boundary(let isOne):
                        if (Self.isWord(before) != Self.isWord(scalar)) == isOne { pending.append(place + 1) }
                    }
                }
            }
            guard scalar != nil else { return false }
            if budget < 0 { return nil }
            swap(&threads, &next)
            before = scalar
            position += 1
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map(ScalarSet.words.contains) ?? false
    }
}
