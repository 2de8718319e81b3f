import RoostJSON
import RoostKit

/// Deletes what has not changed for a long time.
struct ForgetBefore: Tool {
    static let title: String? = "Forget Old Memories"
    static let description = """
        Deletes the memories that were last changed before a moment; with dry_run it only counts them. A filter on the \
        metadata narrows it.
        """
    static let annotations = ToolAnnotations(
        readOnly: false,
        destructive: true,
        idempotent: true,
        openWorld: false
    )

    struct Input: ToolInput {
        @Param("ISO 8601, for example 2026-01-31 or 2026-01-31T12:00:00Z") var time: String
        @Param("A condition on the metadata, as retrieve takes it") var filter: [String: JSONValue]?
        @Param("True: count, delete nothing", name: "dry_run") var dryRun = false
        @Param("own, the default, or shared") var scope: MemoryScope = .own
    }

    struct Answer: StructuredAnswer {
        static let properties: JSONObject = [
            "status": ["enum": ["forgotten", "counted"]], "count": ["type": "integer"],
            "before": AnswerSchema.text,
        ]
        let isDry: Bool
        let count: Int
        let before: Int64

        var object: JSONObject {
            [
                "status": isDry ? "counted" : "forgotten", "count": .integer(Int64(count)),
                "before": .string(Moment.text(before)),
            ]
        }
    }

    let memory: LiveMemory

    func call(_ input: Input, _ context: CallContext) async throws -> Answer {
        guard let moment = Moment.parse(input.time) else {
            throw ToolError(
                "\(input.time.prefix(60)) is no moment. Write it as 2026-01-31 or 2026-01-31T12:00:00Z."
            )
        }
        let namespace = try context.namespace(input.scope, memory.settings)
        let filter = try MemoryArguments.filter(input.filter)
        var last: Int64 = 0
        var count = 0
        while true {
            try Task.checkCancellation()
            let page = try memory.read { store throws(StorageError) in
                try store.page(of: namespace, changedBefore: moment, after: last, limit: 500)
            }
            guard let newest = page.last else { break }
            last = newest.id
            let old = page.filter { filter?.holds(for: $0.metadata) ?? true }
            if input.dryRun {
                count += old.count
            } else if !old.isEmpty {
                count += try memory.changeMemories({ $0 > 0 ? old.map(\.key) : [] }) {
                    store throws(StorageError) in
                    try store.delete(old.map(\.id), unchangedSince: moment)
                }
            }
        }
        return Answer(isDry: input.dryRun, count: count, before: moment)
    }
}
