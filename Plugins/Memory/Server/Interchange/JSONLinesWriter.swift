import RoostJSON

/// Writes a graph byte for byte as upstream writes memory.jsonl.
///
/// One compact object a line, entities before relations, the members in upstream's order, lines joined by LF with none after
/// the last; an empty graph is an empty file.
package enum JSONLinesWriter {
    /// The whole file.
    package static func bytes(of graph: Graph) -> [UInt8] {
        let lines =
            graph.entities.map { JSONValue($0, type: "entity") }
            + graph.relations.map { JSONValue($0, type: "relation") }
        return Array(lines.lazy.map(\.bytes).joined(separator: [UInt8(ascii: "\n")]))
    }
}
