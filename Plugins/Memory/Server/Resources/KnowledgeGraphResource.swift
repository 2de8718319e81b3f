import RoostJSON
import RoostKit

/// The whole graph as indented JSON, under upstream's URI.
enum KnowledgeGraphResource {
    static let uri = "memory://knowledge-graph"

    static func resource(of memory: LiveMemory) -> Resource {
        Resource(
            uri,
            name: "knowledge-graph",
            title: "Knowledge Graph",
            description: "Every entity with its observations, and every relation, as one JSON object.",
            mimeType: "application/json"
        ) { context in
            let whole = try memory.read { store throws(StorageError) in try store.graph(in: context.namespace)
            }
            return [.text(IndentedJSON.text(of: JSONValue(whole).bytes))]
        }
    }
}
