/// One thing a caller may be allowed to do, in the words of a token's scope or a key's grant.
///
/// | text | what it allows |
/// |---|---|
/// | `memory` | everything the plugin with this alias serves |
/// | `memory:read` | its tools that change nothing, its resources, prompts and completions |
/// | `memory.create_entities` | one tool, under the name its plugin gives it |
/// | `*`, `*:read` | the same of every plugin |
/// | `admin` | administration, and no plugin |
///
/// An alias holds neither a dot nor a colon, so no text can be read in two ways. A tool changes nothing when its author says
/// so (`annotations.readOnlyHint`).
package enum Scope: Sendable, Hashable {
    case everything
    case readingEverything
    case plugin(String)
    case reading(String)
    case tool(String, of: String)
    case admin

    /// Reads a scope; nil for a text that means nothing here, as most scopes of other programs do.
    package init?(_ text: String) {
        switch text {
        case "*": self = .everything
        case "*:read": self = .readingEverything
        case "admin": self = .admin
        default:
            if text.hasSuffix(":read") {
                let alias = String(text.dropLast(5))
                guard Self.isAlias(alias) else { return nil }
                self = .reading(alias)
            } else if let dot = text.firstIndex(of: ".") {
                let alias = String(text[..<dot])
                let tool = String(text[text.index(after: dot)...])
                guard Self.isAlias(alias), Self.isToolName(tool) else { return nil }
                self = .tool(tool, of: alias)
            } else {
                guard Self.isAlias(text) else { return nil }
                self = .plugin(text)
            }
        }
    }

    private static func isAlias(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isToolName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { isAlphanumeric($0) || "_-./".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
}

extension Scope: CustomStringConvertible {
    /// The text that is read as this scope.
    package var description: String {
        switch self {
        case .everything: "*"
        case .readingEverything: "*:read"
        case .plugin(let alias): alias
        case .reading(let alias): "\(alias):read"
        case .tool(let name, let alias): "\(alias).\(name)"
        case .admin: "admin"
        }
    }
}
