import RoostKit

/// All memories of the caller, a line of JSON each: the export.
enum MemoriesResource {
    static let uri = "memory://memories.jsonl"

    static func resource(of memory: LiveMemory) -> Resource {
        Resource(
            uri,
            name: "memories.jsonl",
            title: "Memories",
            description:
                "Every memory with its metadata, one JSON object a line, for backups and other servers.",
            mimeType: "application/jsonl"
        ) { context in
            var lines: [String] = []
            var last: Int64 = 0
            while true {
                try Task.checkCancellation()
                let page = try memory.read { store throws(StorageError) in
                    try store.page(of: context.namespace, prefix: "", after: last, limit: 500)
                }
                guard let newest = page.last else { break }
                last = newest.id
                lines += page.map { String(decoding: MemoryLine.bytes(of: $0), as: UTF8.self) }
            }
            return [.text(lines.joined(separator: "\n"))]
        }
    }
}
