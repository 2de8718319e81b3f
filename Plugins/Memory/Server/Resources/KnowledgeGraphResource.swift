import RoostJSON
import RoostKit

/// The whole graph as indented JSON, under upstream's URI.
enum KnowledgeGraphResource {
    static let uri = "memory://knowledge-graph"

    static func resource(of graph: LiveGraph) -> Resource {
        Resource(
            uri,
            name: "knowledge-graph",
            title: "Knowledge Graph",
            description: "Every entity with its observations, and every relation, as one JSON object.",
            mimeType: "application/json"
        ) { _ in
            let whole = try graph.read { store throws(StorageError) in try store.graph() }
            return [.text(IndentedJSON.text(of: JSONValue(whole).bytes))]
        }
    }
}
