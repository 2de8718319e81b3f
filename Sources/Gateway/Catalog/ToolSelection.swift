/// Which of a plugin's tools an operator shows, and under which names.
package struct ToolSelection: Sendable, Hashable {
    /// Patterns with `*`; a tool must match one of them. Default: all.
    package var allow: [String]
    /// Patterns with `*`; a tool that matches one is hidden, whatever allow says.
    package var deny: [String]
    /// New names by the plugin's own name.
    package var rename: [String: String]

    package init(allow: [String] = ["*"], deny: [String] = [], rename: [String: String] = [:]) {
        self.allow = allow
        self.deny = deny
        self.rename = rename
    }

    /// The name under which a tool is shown; nil when it is hidden.
    func name(for tool: String) -> String? {
        guard allow.contains(where: { Self.matches(tool, $0) }), !deny.contains(where: { Self.matches(tool, $0) }) else {
            return nil
        }
        return rename[tool] ?? tool
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        matches(Array(text.utf8)[...], Array(pattern.utf8)[...])
    }

    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == UInt8(ascii: "*") {
            return (0...text.count).contains { matches(text.dropFirst($0), rest) }
        }
        return text.first == first && matches(text.dropFirst(), rest)
    }
}
