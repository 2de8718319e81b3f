/// Which tools of a plugin are served, and under what names.
package struct ToolSelection: Sendable, Hashable {
    /// Patterns of which one must match a tool's own name; a star stands for any text.
    ///
    /// Default: everything.
    package var allow = ["*"]
    /// Patterns of which none may match, whatever is allowed.
    ///
    /// Default: none.
    package var deny: [String] = []
    /// New names by own name.
    ///
    /// Default: none.
    package var rename: [String: String] = [:]

    /// True when a tool with this name of its own is served.
    package func includes(_ name: String) -> Bool {
        allow.contains { Self.matches(name, $0) } && !deny.contains { Self.matches(name, $0) }
    }

    /// The name under which a tool with this name of its own is served.
    package func servedName(of name: String) -> String { rename[name] ?? name }

    /// True when the pattern describes the whole name.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last else { return false }
        if parts.count == 1 { return name.utf8.elementsEqual(first) }
        var rest = name.utf8[...]
        guard rest.starts(with: first) else { return false }
        rest = rest.dropFirst(first.count)
        guard rest.count >= last.count, rest.suffix(last.count).elementsEqual(last) else { return false }
        rest = rest.dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            while !rest.starts(with: part) {
                if rest.popFirst() == nil { return false }
            }
            rest = rest.dropFirst(part.count)
        }
        return true
    }
}
