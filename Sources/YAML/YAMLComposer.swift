/// Puts the events of a parser together into the one value of a document.
///
/// A few lines of aliases to aliases can stand for billions of values, so the value with all aliases written out is bounded.
struct YAMLComposer: Sendable {
    /// How many scalars, lists and mappings a document may hold, with every alias written out.
    let maximumCount: Int
    /// How deep lists and mappings may be nested.
    static let maximumDepth = 64

    init(maximumCount: Int) { self.maximumCount = maximumCount }

    /// The document's value; nil before it is complete, and for a text without one.
    private(set) var root: YAMLNode?

    private var hasDocument = false
    private var count = 0
    private var open: [Container] = []
    private var anchors: [String: Anchored] = [:]

    /// A list or a mapping whose end has not come.
    private struct Container {
        var start: YAMLEvent
        var isMapping: Bool
        /// The elements, or keys and values by turns.
        var children: [YAMLNode] = []
        /// How deep its children are nested.
        var depth = 0
        /// How many nodes there were before it.
        var before: Int
    }

    /// A value that aliases can stand for.
    private struct Anchored {
        var node: YAMLNode
        var count: Int
        var depth: Int
    }

    /// Takes the next event.
    ///
    /// The events of a mapping are keys and values by turns, as a parser gives them.
    mutating func take(_ event: YAMLEvent) throws(YAMLFault) {
        switch event.kind {
        case .documentStart:
            guard !hasDocument else {
                throw YAMLFault(mark: event.mark, expected: "a single document", found: "another one")
            }
            hasDocument = true
        case .scalar(let scalar):
            try grow(by: 1, at: event.mark)
            let node = YAMLNode(content: .scalar(scalar), mark: event.mark)
            place(Anchored(node: node, count: 1, depth: 0), event.anchor)
        case .alias(let name):
            guard let anchored = anchors[name] else {
                throw YAMLFault(
                    mark: event.mark,
                    expected: "an alias to a value above it",
                    found: "no value with the anchor &\(name)"
                )
            }
            try grow(by: anchored.count, at: event.mark)
            try allow(depth: open.count + anchored.depth, at: event.mark)
            place(anchored, nil)
        case .sequenceStart: try begin(event, isMapping: false)
        case .mappingStart: try begin(event, isMapping: true)
        case .end: finish()
        }
    }

    private mutating func begin(_ event: YAMLEvent, isMapping: Bool) throws(YAMLFault) {
        try allow(depth: open.count + 1, at: event.mark)
        let before = count
        try grow(by: 1, at: event.mark)
        open.append(Container(start: event, isMapping: isMapping, before: before))
    }

    private mutating func finish() {
        guard let container = open.popLast() else { return }
        let children = container.children
        let content: YAMLNode.Content =
            container.isMapping
            ? .mapping(
                stride(from: 0, to: children.count - 1, by: 2).map { (children[$0], children[$0 + 1]) }
            )
            : .sequence(children)
        let node = YAMLNode(content: content, mark: container.start.mark)
        place(
            Anchored(node: node, count: count - container.before, depth: container.depth + 1),
            container.start.anchor
        )
    }

    private mutating func place(_ value: Anchored, _ anchor: String?) {
        if let anchor { anchors[anchor] = value }
        guard let last = open.indices.last else {
            root = value.node
            return
        }
        open[last].children.append(value.node)
        open[last].depth = max(open[last].depth, value.depth)
    }

    private mutating func grow(by nodes: Int, at mark: YAMLMark) throws(YAMLFault) {
        count += nodes
        guard count <= maximumCount else {
            throw YAMLFault(
                mark: mark,
                expected: "at most \(maximumCount) values, aliases written out",
                found: "more"
            )
        }
    }

    private func allow(depth: Int, at mark: YAMLMark) throws(YAMLFault) {
        guard depth <= Self.maximumDepth else {
            throw YAMLFault(
                mark: mark,
                expected: "at most \(Self.maximumDepth) lists and mappings in one another",
                found: "more"
            )
        }
    }
}
