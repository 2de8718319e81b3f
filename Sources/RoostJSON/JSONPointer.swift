/// The text form of JSON pointers (RFC 6901).
package enum JSONPointer {
    /// The token as it stands in a pointer: `~` and `/` escaped.
    package static func escape(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return token
        }
        var result = ""
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The unescaped tokens of a pointer; none for the empty pointer.
    ///
    /// Nil when the text is not a pointer.
    package static func tokens(of pointer: String) -> [String]? {
        if pointer.isEmpty { return [] }
        var parts = pointer.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.removeFirst().isEmpty else { return nil }
        var tokens: [String] = []
        for part in parts {
            guard let token = unescape(part) else { return nil }
            tokens.append(token)
        }
        return tokens
    }

    /// The array index a token means: digits without a leading zero.
    ///
    /// Nil for anything else.
    package static func index(_ token: String) -> Int? {
        guard token.utf8.allSatisfy(JSONText.isDigit), token == "0" || token.utf8.first != UInt8(ascii: "0")
        else {
            return nil
        }
        return Int(token)
    }

    private static func unescape(_ part: Substring.UnicodeScalarView) -> String? {
        var result = ""
        var iterator = part.makeIterator()
        while let scalar = iterator.next() {
            guard scalar == "~" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            switch iterator.next() {
            case "0": result += "~"
            case "1": result += "/"
            default: return nil
            }
        }
        return result
    }
}
