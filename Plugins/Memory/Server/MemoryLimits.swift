import RoostJSON

/// How much a memory may hold.
package struct MemoryLimits: Sendable, Hashable {
    /// Bytes of a key.
    static let key = 512
    /// Bytes of a memory's metadata as JSON.
    static let metadata = 64 << 10

    /// Bytes of a memory's content.
    ///
    /// Default 1 MiB.
    package var content = 1 << 20
    /// Memories of one namespace.
    ///
    /// Default a million.
    package var memories = 1_000_000

    init() {}

    /// Reads `limits:`.
    init(_ value: JSONValue?) throws(MemorySettingsError) {
        guard let value else { return }
        guard let object = value.object else {
            throw .malformed("limits", expected: "{ content: <bytes>, memories: <count> }", found: value.text)
        }
        for (key, value) in object.members {
            guard key == "content" || key == "memories" else {
                throw .unknownKey("limits.\(key)", known: ["limits.content", "limits.memories"])
            }
            guard let number = value.integer, number > 0, number <= 1 << 40 else {
                throw .malformed("limits.\(key)", expected: "a whole number above 0", found: value.text)
            }
            if key == "content" { content = Int(number) } else { memories = Int(number) }
        }
    }
}
