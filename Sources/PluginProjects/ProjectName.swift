/// What a new plugin is called, in every form that a project needs.
package struct ProjectName: Sendable, Hashable {
    /// The plugin's name in host.yaml and the project's folder: weather-report.
    package let alias: String

    /// The longest name.
    package static let maximumLength = 48

    /// Why a text is no name.
    package struct Fault: Error, CustomStringConvertible {
        package var description: String
    }

    /// Takes a name: words with hyphens between them, each of small letters of ASCII and digits, a letter first.
    ///
    /// - Throws: ``Fault`` with what was expected, what was found, and a name that would do where there is one.
    package init(_ text: String) throws(Fault) {
        guard text.utf8.count <= Self.maximumLength else {
            throw Fault(
                description:
                    "expected a name of at most \(Self.maximumLength) characters, found \(text.utf8.count). Give a shorter one"
            )
        }
        let isRegular = text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
            part.utf8.first.map(Self.isSmallLetter) == true
                && part.utf8.allSatisfy { Self.isSmallLetter($0) || Self.isDigit($0) }
        }
        guard isRegular else {
            let proposal = Self.proposal(for: text).map { ". Try \($0)" } ?? ", such as weather-report"
            throw Fault(
                description:
                    "expected a name of words with hyphens between them, each of small letters and digits with a letter first, found '\(text)'\(proposal)"
            )
        }
        guard !Self.reserved.contains(text) else {
            throw Fault(
                description:
                    "the name '\(text)' belongs to a language or to Roost itself. Try \(text)-plugin, or say what the plugin is about"
            )
        }
        alias = text
    }

    /// The name of types and of Swift's module: WeatherReport.
    package var typeName: String {
        alias.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The name in C and in Rust: weather_report.
    package var identifier: String { String(alias.map { $0 == "-" ? "_" : $0 }) }

    /// The id a new plugin has until its author knows better.
    package var exampleID: String { "dev.example.\(alias)" }

    /// Modules and crates of that name would stand in the way of others.
    private static let reserved: Set<String> = [
        "swift", "foundation", "testing", "dispatch", "glibc", "musl", "synchronization", "roost",
        "roost-kit",
        "roost-testing", "roost-json", "c-roost", "core", "std", "alloc", "test", "proc-macro", "build",
        "deps",
        "examples", "as", "async", "await", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
        "enum", "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
        "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "unsafe", "use", "where", "while", "yield", "abstract", "become", "final", "gen", "macro", "override",
        "priv", "typeof", "unsized", "virtual", "union",
    ]

    private static func proposal(for text: String) -> String? {
        var proposal = ""
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber {
                if character.isNumber, proposal.last == "-" { proposal.removeLast() }
                if character.isUppercase, proposal.last.map({ $0 != "-" && !$0.isNumber }) == true {
                    proposal += "-"
                }
                proposal += character.lowercased()
            } else if !proposal.isEmpty, proposal.last != "-" {
                proposal += "-"
            }
        }
        if proposal.last == "-" { proposal.removeLast() }
        guard proposal != text, proposal.first?.isLetter == true, !reserved.contains(proposal) else {
            return nil
        }
        return proposal
    }

    private static func isSmallLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
