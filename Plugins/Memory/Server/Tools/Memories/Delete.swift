import RoostJSON
import RoostKit

/// Deletes a memory.
struct Delete: Tool {
    static let title: String? = "Delete Memory"
    static let description = "Deletes the memory with a key. A key that does not exist is no error."
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: true,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("The memory's key", length: 1...) var key: String
        @Param("own, the default, or shared") var scope: MemoryScope = .own
    }

    struct Answer: StructuredAnswer {
        static let properties: JSONObject = [
            "status": ["const": "deleted"], "key": AnswerSchema.text, "existed": ["type": "boolean"],
        ]
        let key: String
        let existed: Bool

        var object: JSONObject { ["status": "deleted", "key": .string(key), "existed": .bool(existed)] }
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> Answer {
        let key = try MemoryArguments.key(input.key)
        let namespace = try context.namespace(input.scope, memory.settings)
        let existed = try memory.changeMemories({ $0 ? [key] : [] }) { store throws(StorageError) in
            try store.delete(key, in: namespace)
        }
        return Answer(key: key, existed: existed)
    }
}
