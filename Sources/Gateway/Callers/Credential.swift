/// What a caller shows to prove who it is; its description never shows it.
package struct Credential: Sendable, Hashable {
    /// What a credential looks like, before anybody has checked it.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A key this host gave out.
        case key
        /// A JSON Web Token in its compact form.
        case token = "jwt"
        /// Nothing this host could check: perhaps meant for a gateway in front of it.
        case foreign = "other"
    }

    package let text: String
    package let kind: Kind

    /// What every key of this host begins with.
    package static let keyPrefix = "roost_"

    package init(_ text: String) {
        self.text = text
        kind = Self.kind(of: text)
    }

    /// A credential that is there and that this host cannot use, such as one of another scheme.
    package init(foreign text: String) {
        self.text = text
        kind = .foreign
    }

    private static func kind(of text: String) -> Kind {
        if text.hasPrefix(keyPrefix) { return .key }
        // The first letters of every JSON object in Base64, and two dots.
        guard text.hasPrefix("ey") else { return .foreign }
        var dots = 0
        for byte in text.utf8 where byte == UInt8(ascii: ".") { dots += 1 }
        return dots == 2 ? .token : .foreign
    }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "a credential of \(text.utf8.count) bytes" }
    package var debugDescription: String { description }
}
