/// Rewrites a regular expression of ECMA-262 so that Swift's Regex understands the same language.
///
/// The two differ in anchors, in what `.`, `\d`, `\w` and `\s` mean, in character classes (Swift nests them and knows set
/// operations), and in what Swift adds: inline options, possessive quantifiers, `\A` and the like. What Swift adds is refused.
struct ECMATranslation {
    private let source: [Unicode.Scalar]
    private var place = 0
    private var result = ""
    private var depth = 0

    init(_ source: String) { self.source = Array(source.unicodeScalars) }

    mutating func swiftPattern() throws(ECMAPatternError) -> String {
        while let scalar = next() {
            switch scalar {
            case "\\": try translateEscape()
            case "[": try translateClass()
            case "(": try translateGroup()
            case ")":
                depth -= 1
                if depth < 0 { throw ECMAPatternError(reason: "a ) has no (") }
                result += ")"
                try translateQuantifier()
            case "^": result += #"\A"#
            case "$": result += #"\z"#
            case ".":
                result += #"[^\n\r\u2028\u2029]"#
                try translateQuantifier()
            case "*", "+", "?":
                throw ECMAPatternError(reason: "\"\(scalar)\" has nothing before it to repeat")
            case "|": result += "|"
            default:
                literal(scalar)
                try translateQuantifier()
            }
        }
        if depth > 0 { throw ECMAPatternError(reason: "a ( is not closed") }
        return result
    }

    // MARK: Groups and quantifiers

    private mutating func translateGroup() throws(ECMAPatternError) {
        depth += 1
        guard peek == "?" else {
            result += "("
            return
        }
        for opening in ["?:", "?=", "?!", "?<=", "?<!"] where take(opening) {
            result += "(" + opening
            return
        }
        guard take("?<") else { throw ECMAPatternError(reason: "inline options are not part of ECMA-262") }
        var name = ""
        while let scalar = next(), scalar != ">" { name.unicodeScalars.append(scalar) }
        result += "(?<\(name)>"
    }

    private mutating func translateQuantifier() throws(ECMAPatternError) {
        switch peek {
        case "*", "+", "?":
            if let scalar = next() { result.unicodeScalars.append(scalar) }
        case "{":
            guard let bounds = try boundsOfQuantifier() else { return }
            result += bounds
        default: return
        }
        if peek == "?" {
            _ = next()
            result += "?"
        }
        if let scalar = peek, scalar == "+" || scalar == "*" || scalar == "?" {
            throw ECMAPatternError(reason: "\"\(scalar)\" has nothing before it to repeat")
        }
    }

    /// A quantifier in braces, or nil when the brace stands for itself, as the web's engines read it.
    private mutating func boundsOfQuantifier() throws(ECMAPatternError) -> String? {
        guard let end = source[place...].firstIndex(of: "}") else { return nil }
        let body = String(String.UnicodeScalarView(source[(place + 1)..<end]))
        let parts = body.split(separator: ",", omittingEmptySubsequences: false)
        let isBounds =
            (1...2).contains(parts.count) && !parts[0].isEmpty
            && body.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ",") }
        guard isBounds else { return nil }
        let low = Int(parts[0]) ?? Int.max
        let high = parts.count == 2 && !parts[1].isEmpty ? Int(parts[1]) ?? Int.max : low
        guard low <= high else { throw ECMAPatternError(reason: "the quantifier {\(body)} is out of order") }
        guard high <= 10_000 else {
            throw ECMAPatternError(reason: "the quantifier {\(body)} repeats more than 10,000 times")
        }
        place = end + 1
        return "{\(body)}"
    }

    // MARK: Escapes

    private static let digits = "0-9"
    private static let words = "A-Za-z0-9_"
    private static let blanks =
        #"\t\n\u000B\u000C\r\u0020\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF"#

    private mutating func translateEscape() throws(ECMAPatternError) {
        guard let scalar = next() else { throw ECMAPatternError(reason: "it ends with a backslash") }
        switch scalar {
        case "b", "B":
            result += "\\\(scalar)"
            return
        case "d": result += "[\(Self.digits)]"
        case "D": result += "[^\(Self.digits)]"
        case "w": result += "[\(Self.words)]"
        case "W": result += "[^\(Self.words)]"
        case "s": result += "[\(Self.blanks)]"
        case "S": result += "[^\(Self.blanks)]"
        case "1"..."9":
            result += "\\\(scalar)"
            while let digit = peek, ("0"..."9").contains(digit) {
                result.unicodeScalars.append(digit)
                place += 1
            }
        case "k":
            guard take("<") else {
                throw ECMAPatternError(reason: "\\k needs a group's name in angle brackets")
            }
            var name = ""
            while let scalar = next(), scalar != ">" { name.unicodeScalars.append(scalar) }
            result += "\\k<\(name)>"
        case "p", "P": result += try property(scalar)
        default: literal(try escapedScalar(scalar))
        }
        try translateQuantifier()
    }

    private mutating func property(_ kind: Unicode.Scalar) throws(ECMAPatternError) -> String {
        guard take("{") else { throw ECMAPatternError(reason: "\\\(kind) needs a property in braces") }
        var name = ""
        while let scalar = next() {
            if scalar == "}" { return "\\\(kind){\(name)}" }
            name.unicodeScalars.append(scalar)
        }
        throw ECMAPatternError(reason: "a { is not closed")
    }

    /// The scalar that an escape other than a class stands for.
    private mutating func escapedScalar(_ scalar: Unicode.Scalar) throws(ECMAPatternError) -> Unicode.Scalar {
        switch scalar {
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "v": return "\u{0B}"
        case "f": return "\u{0C}"
        case "0": return "\0"
        case "x": return try hexadecimal(2)
        case "c":
            guard let letter = next(), letter.isASCII, letter.properties.isAlphabetic else {
                throw ECMAPatternError(reason: "\\c needs a letter")
            }
            return Unicode.Scalar(UInt8(letter.value % 32))
        case "u":
            if take("{") {
                var digits = ""
                while let digit = next(), digit != "}" { digits.unicodeScalars.append(digit) }
                guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
                    throw ECMAPatternError(reason: "\\u{\(digits)} is no Unicode scalar")
                }
                return scalar
            }
            return try unicodeEscape()
        case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/", "-":
            return scalar
        default:
            // Without the u flag these stand for themselves; only letters and digits could mean something else.
            if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) {
                return scalar
            }
            throw ECMAPatternError(reason: "\\\(scalar) is no escape of ECMA-262")
        }
    }

    private mutating func unicodeEscape() throws(ECMAPatternError) -> Unicode.Scalar {
        let first = try hexadecimalValue(4)
        if (0xD800..<0xDC00).contains(first), take("\\u") {
            let second = try hexadecimalValue(4)
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                return scalar
            }
        }
        guard let scalar = Unicode.Scalar(first) else {
            throw ECMAPatternError(reason: "an unpaired surrogate")
        }
        return scalar
    }

    private mutating func hexadecimal(_ count: Int) throws(ECMAPatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(try hexadecimalValue(count)) else {
            throw ECMAPatternError(reason: "an unpaired surrogate")
        }
        return scalar
    }

    private mutating func hexadecimalValue(_ count: Int) throws(ECMAPatternError) -> UInt32 {
        var digits = ""
        for _ in 0..<count { if let scalar = next() { digits.unicodeScalars.append(scalar) } }
        guard digits.unicodeScalars.count == count, digits.utf8.first != UInt8(ascii: "+"),
            let value = UInt32(digits, radix: 16)
        else { throw ECMAPatternError(reason: "\"\(digits)\" is not \(count) hexadecimal digits") }
        return value
    }

    // MARK: Character classes

    private mutating func translateClass() throws(ECMAPatternError) {
        let isNegated = take("^")
        var body = ""
        while let scalar = next() {
            if scalar == "]" {
                // ECMA-262: [] matches nothing and [^] everything; Swift has neither.
                let empty = isNegated ? #"[\s\S]"# : "(?!)"
                result += body.isEmpty ? empty : "[\(isNegated ? "^" : "")\(body)]"
                return try translateQuantifier()
            }
            guard let low = try classAtom(scalar, into: &body) else { continue }
            if peek == "-", place + 1 < source.count, source[place + 1] != "]" {
                place += 1
                guard let scalar = next(), let high = try classAtom(scalar, into: &body) else {
                    throw ECMAPatternError(reason: "a range must end with a character")
                }
                guard low <= high else { throw ECMAPatternError(reason: "a range in [] is out of order") }
                body += "\(Self.hexadecimal(low))-\(Self.hexadecimal(high))"
            } else {
                body += Self.hexadecimal(low)
            }
        }
        throw ECMAPatternError(reason: "a [ is not closed")
    }

    /// The scalar of one atom, or nil when it was a set that is already in `body`.
    private mutating func classAtom(
        _ scalar: Unicode.Scalar,
        into body: inout String
    ) throws(ECMAPatternError) -> Unicode.Scalar? {
        guard scalar == "\\" else { return scalar }
        guard let escape = next() else { throw ECMAPatternError(reason: "it ends with a backslash") }
        switch escape {
        case "d": body += Self.digits
        case "w": body += Self.words
        case "s": body += Self.blanks
        case "D": body += "[^\(Self.digits)]"
        case "W": body += "[^\(Self.words)]"
        case "S": body += "[^\(Self.blanks)]"
        case "p", "P": body += try property(escape)
        case "b": return "\u{08}"
        default: return try escapedScalar(escape)
        }
        return nil
    }

    // MARK: Steps

    private mutating func literal(_ scalar: Unicode.Scalar) { result += Self.hexadecimal(scalar) }

    /// A form without any meaning of its own, inside and outside of a class.
    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        return isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }

    private var peek: Unicode.Scalar? { place < source.count ? source[place] : nil }

    private mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        place += 1
        return scalar
    }

    private mutating func take(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard source[place...].starts(with: scalars) else { return false }
        place += scalars.count
        return true
    }
}
