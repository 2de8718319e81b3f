import RoostJSON
import RoostKit

/// Changes a memory that exists.
struct Update: Tool {
    static let title: String? = "Update Memory"
    static let description = """
        Changes the content of a memory, its metadata, or both. Members of metadata that are not named stay; \
        null takes one away.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: true,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The memory's key", length: 1...) var key: String
        @Param("The new text; without it the text stays") var content: String?
        @Param("Members of the metadata to set, or to take away with null") var metadata: [String: JSONValue]?
        @Param("own, the default, or shared") var scope: MemoryScope = .own
    }

    struct Answer: StructuredAnswer {
        static let properties: JSONObject = [
            "status": ["const": "updated"], "memory": MemoryShape.schema(adding: [:], required: []),
        ]
        let memory: Memory

        var object: JSONObject { ["status": "updated", "memory": .object(MemoryShape.json(memory))] }
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> Answer {
        let key = try MemoryArguments.key(input.key)
        let namespace = try context.namespace(input.scope, memory.settings)
        guard
            let old = try memory.read({ store throws(StorageError) in try store.memory(key, in: namespace) })
        else {
            throw ToolError(
                "There is no memory with the key \(key). Use store to make one, or list to see the keys."
            )
        }
        let content = try MemoryArguments.content(input.content ?? old.content, memory.settings.limits)
        var metadata = old.metadata
        for (name, value) in (input.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
            metadata[name] = value == .null ? JSONValue?.none : value
        }
        let draft = try await memory.draft(
            key,
            content,
            try MemoryArguments.metadata(metadata),
            namespace,
            context
        )
        let updated = try memory.changeMemories({ _ in [key] }) { store throws(StorageError) in
            _ = try store.put(draft, most: .max)
            return try store.memory(key, in: namespace)
        }
        guard let updated else { throw ToolError("The memory \(key) was deleted meanwhile by another call.") }
        return Answer(memory: updated)
    }
}
