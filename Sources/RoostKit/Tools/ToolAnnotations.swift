/// Hints about what a tool does to the world.
///
/// Clients may show them, and must not rely on them.
public struct ToolAnnotations: Sendable, Hashable {
    /// True when a call changes nothing.
    ///
    /// Nil: clients assume it may.
    public var readOnly: Bool?
    /// True when a change may destroy something.
    ///
    /// Nil: clients assume it may.
    public var destructive: Bool?
    /// True when repeating a call changes nothing further.
    ///
    /// Nil: clients assume it does.
    public var idempotent: Bool?
    /// True when the tool deals with things outside of the plugin's own world.
    ///
    /// Nil: clients assume it does.
    public var openWorld: Bool?

    /// Gives the hints that are known.
    public init(
        readOnly: Bool? = nil,
        destructive: Bool? = nil,
        idempotent: Bool? = nil,
        openWorld: Bool? = nil
    ) {
        self.readOnly = readOnly
        self.destructive = destructive
        self.idempotent = idempotent
        self.openWorld = openWorld
    }

    /// Looks and changes nothing.
    public static let readOnly = ToolAnnotations(readOnly: true, openWorld: false)

    var json: JSONObject {
        var object = JSONObject()
        object["readOnlyHint"] = readOnly.map(JSONValue.bool)
        object["destructiveHint"] = destructive.map(JSONValue.bool)
        object["idempotentHint"] = idempotent.map(JSONValue.bool)
        object["openWorldHint"] = openWorld.map(JSONValue.bool)
        return object
    }
}
