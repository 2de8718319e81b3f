import RoostJSON

/// Writes a graph byte for byte as upstream writes memory.jsonl.
///
/// One compact object a line, entities before relations, the members in upstream's order, lines joined by LF with none after
/// the last; an empty graph is an empty file.
package enum JSONLinesWriter {
    /// The whole file.
    package static func bytes(of graph: Graph) -> [UInt8] {
        var file: [UInt8] = []
        for entity in graph.entities {
            append(to: &file) { line in
                line.member("type", string: "entity")
                line.members(of: entity)
            }
        }
        for relation in graph.relations {
            append(to: &file) { line in
                line.member("type", string: "relation")
                line.members(of: relation)
            }
        }
        return file
    }

    private static func append(to file: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
        var line = JSONWriter()
        line.object(members)
        if !file.isEmpty { file.append(UInt8(ascii: "\n")) }
        file.append(contentsOf: line.bytes)
    }
}
