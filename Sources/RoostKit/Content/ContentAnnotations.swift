/// Whom a block or a resource is for, how much it matters, and when it changed.
public struct ContentAnnotations: Sendable, Hashable {
    /// A reader of content.
    public enum Audience: String, Sendable {
        case user, assistant
    }

    /// The readers it is meant for.
    ///
    /// Empty: nothing is said.
    public var audience: [Audience]
    /// From 0, may be left out, to 1, needed.
    ///
    /// Nil: nothing is said.
    public var priority: Double?
    /// The time of the last change in ISO 8601, 2026-11-22T15:30:00Z.
    ///
    /// Nil: unknown.
    public var lastModified: String?

    /// Gives what is known.
    public init(audience: [Audience] = [], priority: Double? = nil, lastModified: String? = nil) {
        self.audience = audience
        self.priority = priority
        self.lastModified = lastModified
    }

    var json: JSONObject {
        var object = JSONObject()
        if !audience.isEmpty { object["audience"] = .array(audience.map { .string($0.rawValue) }) }
        object["priority"] = priority.map(JSONValue.number)
        object["lastModified"] = lastModified.map(JSONValue.string)
        return object
    }
}
