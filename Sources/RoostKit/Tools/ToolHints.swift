/// What a tool's author says to the host alone, beside the definition that clients see.
struct ToolHints: Sendable {
    var cache: CacheDeclaration?
    var invalidates: [String] = []
    var deadline: Duration?
    var isListed = true
    /// JSON text; nil: as the definition says.
    var acceptedSchema: String?
    var task = TaskSupport.whenLong

    /// The object for the manifest, or nil when nothing was said.
    var json: JSONObject? {
        var object = JSONObject()
        if let cache {
            object["cacheTtlMs"] = .integer(cache.timeToLive.milliseconds)
            object["cacheScope"] = .string(cache.scope.rawValue)
            if !cache.tags.isEmpty { object["cacheTags"] = .array(cache.tags.map { .string($0) }) }
        }
        if !invalidates.isEmpty { object["cacheInvalidates"] = .array(invalidates.map { .string($0) }) }
        object["deadlineMs"] = (deadline?.milliseconds).map(JSONValue.integer)
        if !isListed { object["listed"] = false }
        object["accepts"] = acceptedSchema.flatMap { try? JSONValue(parsing: $0) }
        if task.mode != .whenLong { object["task"] = .string(task.mode.rawValue) }
        if task.followsQuestions { object["taskAfterQuestions"] = true }
        return object.isEmpty ? nil : object
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
