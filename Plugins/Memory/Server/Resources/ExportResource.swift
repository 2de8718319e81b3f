import RoostKit

/// The whole graph as the file that upstream would have written.
enum ExportResource {
    static let uri = "memory://export.jsonl"

    static func resource(of memory: LiveMemory) -> Resource {
        Resource(
            uri,
            name: "export.jsonl",
            title: "Export",
            description:
                "The graph in the form of memory.jsonl, one JSON object a line, for backups and other servers.",
            mimeType: "application/jsonl"
        ) { context in
            let whole = try memory.read { store throws(StorageError) in try store.graph(in: context.namespace)
            }
            return [.text(String(decoding: JSONLinesWriter.bytes(of: whole), as: UTF8.self))]
        }
    }
}
