/// What the client of a call declared that it can do.
public struct ClientCapabilities: Sendable, Hashable {
    /// The declaration as MCP shapes it.
    public let json: JSONObject

    /// True when it can show its user a form.
    public var hasFormElicitation: Bool {
        guard let modes = json["elicitation"]?.object else { return false }
        // An empty object means forms only, as before modes existed.
        return modes["form"] != nil || modes["url"] == nil
    }

    /// True when it can open an address for its user.
    public var hasURLElicitation: Bool { json["elicitation"]?["url"] != nil }

    /// True when it lets servers ask its model.
    public var hasSampling: Bool { json["sampling"] != nil }

    /// True when it names the folders it works in.
    public var hasRoots: Bool { json["roots"] != nil }

    /// The settings of a protocol extension, or nil when it does not know it.
    public func `extension`(_ id: String) -> JSONValue? { json["extensions"]?[id] }
}
