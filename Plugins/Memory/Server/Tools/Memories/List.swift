import RoostJSON
import RoostKit

/// Lists memories page by page.
struct List: Tool {
    static let title: String? = "List Memories"
    static let description = """
        Lists memories in the order they were first stored, a page at a time. Give next_cursor of one answer as cursor \
        of the next call.
        """
    static let annotations = ToolAnnotations(
        readOnly: true,
        destructive: false,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("Only keys that begin with this") var prefix = ""
        @Param("A condition on the metadata, as retrieve takes it") var filter: [String: JSONValue]?
        @Param("Where the page before ended") var cursor: String?
        @Param("How many memories to return at most", in: 1...200) var limit = 50
        @Param("own, the default, or shared") var scope: MemoryScope = .own
    }

    struct Answer: StructuredAnswer {
        static let properties: JSONObject = [
            "memories": AnswerSchema.array(of: MemoryShape.schema(adding: [:], required: [])),
            "next_cursor": AnswerSchema.text,
        ]
        static let optional = ["next_cursor"]
        let memories: [Memory]
        let next: Int64?

        var object: JSONObject {
            var object: JSONObject = ["memories": .array(memories.map { .object(MemoryShape.json($0)) })]
            object["next_cursor"] = next.map { .string(String($0)) }
            return object
        }
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> Answer {
        var last: Int64 = 0
        if let cursor = input.cursor {
            guard let value = Int64(cursor), value >= 0 else {
                throw ToolError(
                    "The cursor \(cursor.prefix(40)) is none of this list. Use next_cursor as it came, or leave it out to begin anew."
                )
            }
            last = value
        }
        let namespace = try context.namespace(input.scope, memory.settings)
        let filter = try MemoryArguments.filter(input.filter)
        var found: [Memory] = []
        while true {
            try Task.checkCancellation()
            let page = try memory.read { store throws(StorageError) in
                try store.page(
                    of: namespace,
                    prefix: input.prefix,
                    after: last,
                    limit: max(input.limit + 1, 200)
                )
            }
            for one in page {
                if filter?.holds(for: one.metadata) ?? true { found.append(one) }
                if found.count > input.limit { break }
                last = one.id
            }
            if found.count > input.limit || page.count <= input.limit || page.isEmpty { break }
        }
        let isMore = found.count > input.limit
        return Answer(
            memories: Array(found.prefix(input.limit)),
            next: isMore ? found[input.limit - 1].id : nil
        )
    }
}
