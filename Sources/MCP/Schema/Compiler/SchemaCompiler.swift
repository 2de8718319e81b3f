import RoostJSON

/// Turns a schema document into a program: finds its resources and anchors, then compiles every subschema that is reachable.
///
/// Works through a queue instead of recursing, so that neither depth nor cycles of references matter.
struct SchemaCompiler {
    let limits: SchemaLimits
    let assertsFormats: Bool
    var index: SchemaIndex
    private let document: JSONView
    /// Node numbers by the position of the subschema in the document.
    private var numbers: [Int: Int] = [:]
    private var queue: [SchemaPlace] = []
    var tracksEvaluation = false
    var usesDynamicScope = false

    init(document: JSONView, limits: SchemaLimits, assertsFormats: Bool) throws(SchemaError) {
        self.document = document
        self.limits = limits
        self.assertsFormats = assertsFormats
        index = try SchemaIndex(document: document, limits: limits)
    }

    mutating func compile(at pointer: String) throws(SchemaError) -> SchemaProgram {
        guard let start = index.place(at: pointer, from: index.root) else {
            throw .unresolvedReference(pointer, path: "")
        }
        let entry = try number(of: start)
        var nodes: [SchemaNode] = []
        var anchors: [[String: Int]] = []
        while nodes.count < queue.count {
            try appendNodes(to: &nodes)
            if usesDynamicScope, anchors.isEmpty {
                for resource in index.resources {
                    var named: [String: Int] = [:]
                    for (name, place) in resource.dynamicAnchors { named[name] = try number(of: place) }
                    anchors.append(named)
                }
            }
        }
        return SchemaProgram(
            nodes: nodes,
            entry: entry,
            dynamicAnchors: anchors,
            tracksEvaluation: tracksEvaluation
        )
    }

    private mutating func appendNodes(to nodes: inout [SchemaNode]) throws(SchemaError) {
        while nodes.count < queue.count {
            let place = queue[nodes.count]
            nodes.append(
                SchemaNode(rules: try rules(of: place), location: place.location, resource: place.resource)
            )
        }
    }

    /// The number of the node for a subschema, which is compiled later when it is new.
    mutating func number(of place: SchemaPlace) throws(SchemaError) -> Int {
        if let known = numbers[place.view.position] { return known }
        guard queue.count < limits.subschemas else { throw .tooManySubschemas(limit: limits.subschemas) }
        guard place.view.kind == .object || place.view.kind == .bool else {
            throw .invalidKeyword(
                path: place.location,
                expected: "a schema (an object, true or false)",
                found: place.view.excerpt
            )
        }
        let number = queue.count
        numbers[place.view.position] = number
        queue.append(place)
        return number
    }
}
