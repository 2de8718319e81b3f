package import RoostJSON

/// One thing that is wrong with a plugin, or worth knowing: what it is about, what was found, what to do.
package struct Finding: Sendable, Hashable {
    package var code: FindingCode
    /// What it is about: `tool "add"`; nil for the library as a whole.
    package var subject: String?
    /// What was found, as a sentence without its end.
    package var message: String
    /// What to do about it, as a sentence without its end.
    package var fix: String

    /// `fix` is needed only where it can be said better than the code's own.
    package init(_ code: FindingCode, _ subject: String? = nil, _ message: String, fix: String? = nil) {
        self.code = code
        self.subject = subject
        self.message = message
        self.fix = fix ?? code.fix
    }

    /// For programs.
    package var json: JSONValue {
        [
            "code": .string(code.code), "severity": .string(code.severity.rawValue),
            "subject": subject.map { .string($0) } ?? .null, "message": .string(message), "fix": .string(fix),
        ]
    }
}

extension Finding: CustomStringConvertible {
    /// Two lines for people: `error RC107: …` and `  fix: …`.
    package var description: String {
        "\(code.severity.rawValue) \(code.code): \(subject.map { "\($0): " } ?? "")\(message)\n  fix: \(fix)"
    }
}
