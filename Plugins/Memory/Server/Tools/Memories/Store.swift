import Embedding
import RoostJSON
import RoostKit

/// Stores a text under a key.
struct Store: Tool {
    static let title: String? = "Store Memory"
    static let description = """
        Stores a text under a key, to be found later by meaning or by its words. A memory that has the key already \
        is replaced. Keep one thought or one record in one memory.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: true,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("A short name that identifies the memory, for example lead_42", length: 1...) var key: String
        @Param("The text to remember") var content: String
        @Param("Facts about the memory that filters can ask for, for example {\"kind\": \"lead\"}")
        var metadata: [String: JSONValue] = [:]
        @Param(
            "own: only for this caller, the default. shared: for all callers, where the operator allows it"
        )
        var scope: MemoryScope = .own
    }

    struct Answer: StructuredAnswer {
        static let properties: JSONObject = [
            "status": ["const": "stored"], "key": AnswerSchema.text, "embedding_id": ["type": "integer"],
            "replaced": ["type": "boolean"],
        ]
        let key: String
        let id: Int64
        let replaced: Bool

        var object: JSONObject {
            [
                "status": "stored", "key": .string(key), "embedding_id": .integer(id),
                "replaced": .bool(replaced),
            ]
        }
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> Answer {
        let key = try MemoryArguments.key(input.key)
        let content = try MemoryArguments.content(input.content, memory.settings.limits)
        let metadata = try MemoryArguments.metadata(JSONObject(input.metadata.map { ($0.key, $0.value) }))
        let namespace = try context.namespace(input.scope, memory.settings)
        let draft = try await memory.draft(key, content, metadata, namespace, context)
        let (id, isNew) = try memory.changeMemories({ _ in [key] }) { store throws(StorageError) in
            try store.put(draft, most: memory.settings.limits.memories)
        }
        return Answer(key: key, id: id, replaced: !isNew)
    }
}
