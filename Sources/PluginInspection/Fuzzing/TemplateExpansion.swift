import RoostJSON

/// Makes URIs of a URI template (RFC 6570) and the texts of its variables.
///
/// Of the standard's values only texts; a modifier for lists means nothing then.
struct TemplateExpansion: Sendable {
    private enum Part: Sendable {
        case literal(Substring)
        case expression(Operator, [Variable])
    }

    private struct Variable: Sendable {
        var name: String
        /// How many characters of the value are taken; nil: all.
        var limit: Int?
    }

    /// The rows of the table in the standard's appendix A.
    private struct Operator: Sendable {
        var first = ""
        var separator = ","
        /// True when `name=` stands before the value; nil for nothing.
        var emptyValue: String?
        var keepsReserved = false

        /// Nil for a character that is none.
        init?(_ character: Character) {
            switch character {
            case "+": keepsReserved = true
            case "#": (first, keepsReserved) = ("#", true)
            case ".": (first, separator) = (".", ".")
            case "/": (first, separator) = ("/", "/")
            case ";": (first, separator, emptyValue) = (";", ";", "")
            case "?": (first, separator, emptyValue) = ("?", "&", "=")
            case "&": (first, separator, emptyValue) = ("&", "&", "=")
            default: return nil
            }
        }

        init() {}
    }

    private let parts: [Part]

    init(_ template: String) {
        var parts: [Part] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append(.literal(rest[..<open]))
            var inside = rest[rest.index(after: open)..<close]
            var way = Operator()
            if let character = inside.first, let other = Operator(character) {
                way = other
                inside = inside.dropFirst()
            }
            parts.append(.expression(way, inside.split(separator: ",").map(Self.variable)))
            rest = rest[rest.index(after: close)...]
        }
        self.parts = parts + [.literal(rest)]
    }

    private static func variable(_ text: Substring) -> Variable {
        let words = text.split(separator: ":", maxSplits: 1)
        let name = String(words.first ?? "")
        return Variable(
            name: name.hasSuffix("*") ? String(name.dropLast()) : name,
            limit: words.count == 2 ? Int(words[1]) : nil
        )
    }

    /// The names of the variables, each once, in their order.
    var variables: [String] {
        var names: [String] = []
        for case .expression(_, let variables) in parts {
            for variable in variables where !names.contains(variable.name) { names.append(variable.name) }
        }
        return names
    }

    /// The URI for values by name; a variable without one leaves nothing behind.
    func text(_ values: JSONObject) -> String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .literal(let literal): text += literal
            case .expression(let way, let variables):
                let words = variables.compactMap { variable -> String? in
                    guard let value = values[variable.name]?.string else { return nil }
                    let taken = variable.limit.map {
                        String(value.unicodeScalars.prefix($0).map(Character.init))
                    }
                    let encoded = Self.encoded(taken ?? value, keepsReserved: way.keepsReserved)
                    guard let emptyValue = way.emptyValue else { return encoded }
                    return variable.name + (encoded.isEmpty ? emptyValue : "=" + encoded)
                }
                if !words.isEmpty { text += way.first + words.joined(separator: way.separator) }
            }
        }
    }

    private static func encoded(_ value: String, keepsReserved: Bool) -> String {
        let kept = Set("-._~".utf8).union(keepsReserved ? Set(":/?#[]@!$&'()*+,;=".utf8) : [])
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            let isLetterOrDigit =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            if isLetterOrDigit || kept.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
