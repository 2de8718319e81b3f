/// A URI pattern of RFC 6570, level 1: text with variables in braces, each of which stands for one path
/// segment or less.
struct URITemplate: Sendable {
    private enum Part: Sendable, Equatable {
        case literal([UInt8])
        case variable(String)
    }

    private let parts: [Part]

    /// - Throws: ``SchemaError`` when braces do not match, a variable has no name or an operator, or two
    ///   touch.
    init(_ text: String) throws {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.literal(Array(rest[..<open].utf8))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw SchemaError("expected a closing brace, found none", in: "URI template \(text)")
            }
            let name = String(rest[rest.index(after: open)..<close])
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
            else {
                throw SchemaError(
                    "expected a plain variable name, found {\(name)}",
                    in: "URI template \(text)"
                )
            }
            if case .variable? = parts.last {
                throw SchemaError(
                    "expected text between two variables, found none",
                    in: "URI template \(text)"
                )
            }
            parts.append(.variable(name))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(Array(rest.utf8))) }
        self.parts = parts
    }

    /// The names of the variables in order.
    var variables: [String] {
        parts.compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    /// The values of the variables, percent-decoded, or nil when the URI does not follow the pattern.
    ///
    /// A variable takes at least one byte and no slash, question mark or number sign.
    func match(_ uri: String) -> [String: String]? {
        var values: [String: String] = [:]
        return match(Array(uri.utf8)[...], parts[...], &values) ? values : nil
    }

    private func match(
        _ uri: ArraySlice<UInt8>,
        _ parts: ArraySlice<Part>,
        _ values: inout [String: String]
    ) -> Bool {
        guard let part = parts.first else { return uri.isEmpty }
        switch part {
        case .literal(let bytes):
            return uri.starts(with: bytes) && match(uri.dropFirst(bytes.count), parts.dropFirst(), &values)
        case .variable(let name):
            let longest = uri.prefix { !Array("/?#".utf8).contains($0) }.count
            // The shortest value that lets the rest match; literals between variables keep this from
            // branching far.
            for length in stride(from: 1, through: longest, by: 1)
            where match(uri.dropFirst(length), parts.dropFirst(), &values) {
                guard let value = Self.percentDecoded(uri.prefix(length)) else { return false }
                values[name] = value
                return true
            }
            return false
        }
    }

    /// The text, or nil when an escape is broken or the bytes are not UTF-8.
    private static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
            result.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: result, as: UTF8.self)
    }
}
