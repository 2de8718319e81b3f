import Embedding
import RoostJSON
import RoostKit

/// Says how much is remembered, and how it is searched.
struct Stats: Tool {
    static let title: String? = "Memory Statistics"
    static let description =
        "Counts the caller's memories and its graph, and says how memories are searched here."
    static let annotations = ToolAnnotations(
        readOnly: true,
        destructive: false,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("own, the default, or shared") var scope: MemoryScope = .own
    }

    struct Answer: StructuredAnswer {
        static let properties: JSONObject = [
            "memories": ["type": "integer"], "bytes": ["type": "integer"], "entities": ["type": "integer"],
            "relations": ["type": "integer"], "oldest": AnswerSchema.text, "newest": AnswerSchema.text,
            "mode": ["enum": ["hybrid", "lexical"]], "model": AnswerSchema.text,
            "without_vectors": ["type": "integer"],
            "encrypted": ["type": "boolean"], "written_by": AnswerSchema.text,
        ]
        static let optional = ["oldest", "newest", "model", "written_by"]
        let counts: MemoryCounts
        let model: String?
        let isEncrypted: Bool
        let writer: String?

        var object: JSONObject {
            var object: JSONObject = [
                "memories": .integer(counts.memories), "bytes": .integer(counts.bytes),
                "entities": .integer(counts.entities), "relations": .integer(counts.relations),
                "mode": model == nil ? "lexical" : "hybrid",
                "without_vectors": .integer(counts.withoutVectors),
                "encrypted": .bool(isEncrypted),
            ]
            object["oldest"] = counts.oldest.map { .string(Moment.text($0)) }
            object["newest"] = counts.newest.map { .string(Moment.text($0)) }
            object["model"] = model.map(JSONValue.string)
            object["written_by"] = writer.map(JSONValue.string)
            return object
        }
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> Answer {
        let namespace = try context.namespace(input.scope, memory.settings)
        let model = try memory.recall().vectors?.embedder.identity
        let counts = try memory.read { store throws(StorageError) in
            try store.counts(of: namespace, model: model)
        }
        return Answer(
            counts: counts,
            model: model,
            isEncrypted: memory.settings.encryptionSecret != nil,
            writer: memory.writer
        )
    }
}
