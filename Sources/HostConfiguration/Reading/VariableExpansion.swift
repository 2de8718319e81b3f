/// Replaces `${NAME}` and `${NAME:-default}` in a text; `$${` stands for `${`.
///
/// As in a shell, a default also stands in for an empty variable. What is put in is not looked at again.
struct VariableExpansion {
    let environment: [String: String]
    /// Whether `${secret:NAME}` may stand there, which is never empty and has no default.
    var takesSecrets = false

    /// What is wrong with a text, and how many scalars before it are fine.
    enum Failure: Error, Hashable {
        case missing(String, offset: Int)
        case malformed(offset: Int)
    }

    /// The text with every variable replaced.
    func expand(_ text: String) throws(Failure) -> String {
        let source = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var place = 0
        while place < source.count {
            if source[place...].starts(with: "$${".unicodeScalars) {
                result.append(contentsOf: "${".unicodeScalars)
                place += 3
            } else if source[place...].starts(with: "${".unicodeScalars) {
                guard let end = source[place...].firstIndex(of: "}") else { throw .malformed(offset: place) }
                result.append(contentsOf: try value(source[(place + 2)..<end], offset: place).unicodeScalars)
                place = end + 1
            } else {
                result.append(source[place])
                place += 1
            }
        }
        return String(result)
    }

    private func value(_ body: ArraySlice<Unicode.Scalar>, offset: Int) throws(Failure) -> String {
        let prefix = "secret:".unicodeScalars
        if takesSecrets, body.starts(with: prefix) {
            let name = Self.text(body.dropFirst(prefix.count))
            guard !name.isEmpty, name.unicodeScalars.allSatisfy(Self.isNamePart) else {
                throw .malformed(offset: offset)
            }
            guard let value = environment[name], !value.isEmpty else { throw .missing(name, offset: offset) }
            return value
        }
        let nameEnd = body.firstIndex { !Self.isNamePart($0) } ?? body.endIndex
        let name = Self.text(body[..<nameEnd])
        let rest = body[nameEnd...]
        guard !name.isEmpty, !("0"..."9").contains(name.unicodeScalars.first ?? "0") else {
            throw .malformed(offset: offset)
        }
        if rest.isEmpty {
            guard let value = environment[name] else { throw .missing(name, offset: offset) }
            return value
        }
        guard rest.starts(with: ":-".unicodeScalars) else { throw .malformed(offset: offset) }
        if let value = environment[name], !value.isEmpty { return value }
        return Self.text(rest.dropFirst(2))
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_")
    }
}
