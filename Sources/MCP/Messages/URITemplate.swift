/// Tells whether a URI could have come from a URI template (RFC 6570): enough to find who serves a resource.
///
/// `{name}` stands for one or more characters without '/', '?' or '#', `{+name}` and `{/name*}` for any. Other operators
/// match anything, so the plugin has the last word.
package struct URITemplate: Sendable {
    private enum Part: Sendable {
        case literal([UInt8])
        case segment
        case anything
    }

    private let parts: [Part]
    package let text: String

    package init(_ text: String) {
        self.text = text
        var parts: [Part] = []
        var literal: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "{"), let close = rest.firstIndex(of: UInt8(ascii: "}")) {
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = []
                let expression = rest[rest.index(after: rest.startIndex)..<close]
                let isPlain = expression.allSatisfy { isNameByte($0) }
                parts.append(isPlain ? .segment : .anything)
                rest = rest[rest.index(after: close)...]
            } else {
                literal.append(byte)
                rest = rest.dropFirst()
            }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    /// True when `uri` has this form.
    package func matches(_ uri: String) -> Bool { matches(Array(uri.utf8)[...], parts[...]) }

    private func matches(_ text: ArraySlice<UInt8>, _ parts: ArraySlice<Part>) -> Bool {
        guard let part = parts.first else { return text.isEmpty }
        let rest = parts.dropFirst()
        switch part {
        case .literal(let literal):
            return text.starts(with: literal) && matches(text.dropFirst(literal.count), rest)
        case .segment:
            let reach = text.prefix { !"/?#".utf8.contains($0) }.count
            guard reach > 0 else { return false }
            return (1...reach).reversed().contains { matches(text.dropFirst($0), rest) }
        case .anything:
            return (0...text.count).reversed().contains { matches(text.dropFirst($0), rest) }
        }
    }
}

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "%"):
        true
    default: false
    }
}
