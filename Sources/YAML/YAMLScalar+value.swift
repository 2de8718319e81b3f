package import RoostJSON

extension YAMLScalar {
    /// What a plain scalar means by the JSON schema of YAML 1.2 (section 10.2); the empty text is null, any other a text.
    package static func value(ofPlain text: String) -> JSONValue {
        switch text {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            // What begins like no number is none; most texts end here.
            guard let first = text.utf8.first, first == 0x2D || (0x30...0x39).contains(first),
                let document = try? JSONDocument(parsing: text), document.root.kind == .number
            else { return .string(text) }
            return JSONValue(document.root)
        }
    }
}
