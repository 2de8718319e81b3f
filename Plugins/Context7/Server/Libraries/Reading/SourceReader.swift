/// Documentation that stands in sources: each commented declaration becomes a section, with the declaration as its example.
///
/// Declarations are told by their lines, not by a compiler: what a declaration belongs to follows from how far it is indented.
struct SourceReader {
    private let language: SourceLanguage
    private let lines: [Substring]
    private var place = 0
    private var blocks: [Block] = []
    /// Types that the lines at hand are inside of.
    private var enclosing: [(indentation: Int, name: String)] = []

    static func read(_ text: String, _ language: SourceLanguage) -> [Block] {
        var reader = SourceReader(text, language)
        if language == .python { reader.readDocstrings() } else { reader.readComments() }
        return reader.blocks
    }

    private init(_ text: String, _ language: SourceLanguage) {
        self.language = language
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.last == "\r" ? $0.dropLast() : $0
        }
    }

    // MARK: Comments before declarations

    private mutating func readComments() {
        while place < lines.count {
            let line = lines[place].trimmed
            if let comment = takeLineComment() ?? takeBlockComment() {
                document(comment.text, from: comment.line)
            } else {
                note(line, indentation: lines[place].indentation)
                place += 1
            }
        }
    }

    private mutating func takeLineComment() -> (text: String, line: Int)? {
        let first = lines[place].trimmed
        guard let prefix = language.linePrefixes.first(where: first.hasPrefix), !first.hasPrefix("////")
        else {
            return nil
        }
        let start = place
        var text: [String] = []
        while place < lines.count, lines[place].trimmed.hasPrefix(prefix) {
            let line = lines[place].trimmed.dropFirst(prefix.count)
            text.append(String(line.hasPrefix(" ") ? line.dropFirst() : line))
            place += 1
        }
        return (text.joined(separator: "\n"), start + 1)
    }

    private mutating func takeBlockComment() -> (text: String, line: Int)? {
        guard language.hasBlocks, lines[place].trimmed.hasPrefix("/**") else { return nil }
        let start = place
        var text: [String] = []
        while place < lines.count {
            var line = lines[place].trimmed
            let isFirst = place == start
            place += 1
            if isFirst { line = String(line.dropFirst(3)) }
            let end = line.firstRange(of: "*/")
            if let end { line = String(line[..<end.lowerBound]) }
            if !isFirst, line.hasPrefix("*") { line = String(line.dropFirst()) }
            text.append(String(line.hasPrefix(" ") ? line.dropFirst() : line[...]))
            if end != nil { break }
        }
        return (text.joined(separator: "\n"), start + 1)
    }

    /// A comment and the declaration below it.
    private mutating func document(_ comment: String, from line: Int) {
        while place < lines.count {
            let next = lines[place].trimmed
            guard
                next.isEmpty || next.hasPrefix("@") && !next.contains("func ") && !next.contains(" var ")
                    || next.hasPrefix("#[") || next.hasPrefix("#if")
            else { break }
            place += 1
        }
        guard place < lines.count, !comment.allSatisfy(\.isWhitespace) else { return }
        let indentation = lines[place].indentation
        var declaration: [String] = []
        var depth = 0
        // A declaration of many lines ends where its body or the next statement begins.
        for offset in 0..<12 where place + offset < lines.count {
            let text = lines[place + offset].trimmed
            guard !text.isEmpty, !text.hasPrefix("//"), !text.hasPrefix("/*"), !text.hasPrefix("}") else {
                break
            }
            let body = text.firstIndex(of: "{")
            declaration.append(body.map { String(text[..<$0]).trimmed } ?? text)
            depth += text.filter { "([".contains($0) }.count - text.filter { ")]".contains($0) }.count
            if body != nil || (depth <= 0 && !text.hasSuffix(",") && !text.hasSuffix("=")) { break }
        }
        let code = declaration.joined(separator: "\n")
        // Go documents with plain comments: only what stands right above a declaration counts.
        if language == .go, !["func ", "type ", "package ", "var ", "const "].contains(where: code.hasPrefix)
        {
            return
        }
        guard !code.isEmpty else { return }
        section(Self.name(of: code), comment, code: code, indentation: indentation, line: line)
        note(lines[place].trimmed, indentation: indentation)
    }

    // MARK: Docstrings

    private mutating func readDocstrings() {
        var declaration: (code: String, indentation: Int, line: Int)?
        while place < lines.count {
            let line = lines[place].trimmed
            let quote = ["\"\"\"", "'''"].first { line.drop { "rRuU".contains($0) }.hasPrefix($0) }
            if let quote, let text = takeDocstring(quote) {
                let code = declaration?.code ?? ""
                if !text.allSatisfy(\.isWhitespace), declaration != nil || blocks.isEmpty {
                    section(
                        code.isEmpty ? "" : Self.name(of: code),
                        text,
                        code: code,
                        indentation: declaration?.indentation ?? 0,
                        line: declaration?.line ?? 1
                    )
                    if let declaration { note(declaration.code, indentation: declaration.indentation) }
                }
                declaration = nil
                continue
            }
            if line.hasPrefix("def ") || line.hasPrefix("async def ") || line.hasPrefix("class ") {
                let indentation = lines[place].indentation
                note(line, indentation: indentation)
                let start = place
                var code = line
                while !code.hasSuffix(":"), place + 1 < lines.count, place < start + 20 {
                    place += 1
                    code += " " + lines[place].trimmed
                }
                declaration = (code.trimmed(of: ": "), indentation, start + 1)
            } else if !line.isEmpty, !line.hasPrefix("#"), !line.hasPrefix("@") {
                declaration = nil
            }
            place += 1
        }
    }

    private mutating func takeDocstring(_ quote: String) -> String? {
        let start = place
        var text: [String] = []
        let depth = lines[place].indentation
        while place < lines.count, place < start + 400 {
            var line =
                place == start
                ? lines[place].trimmed : String(lines[place].dropFirst(min(depth, lines[place].indentation)))
            if place == start, let open = line.firstRange(of: quote) {
                line = String(line[open.upperBound...])
            }
            place += 1
            if let end = line.firstRange(of: quote) {
                text.append(String(line[..<end.lowerBound]))
                return text.joined(separator: "\n").trimmed
            }
            text.append(line)
        }
        place = start
        return nil
    }

    // MARK: Sections

    private mutating func section(
        _ name: String,
        _ comment: String,
        code: String,
        indentation: Int,
        line: Int
    ) {
        enclosing.removeAll { $0.indentation >= indentation }
        let trail = enclosing.map(\.name) + [name]
        let heading = trail.filter { !$0.isEmpty }.joined(separator: ".")
        if !heading.isEmpty { blocks.append(Block(.heading(level: 2), heading, line: line)) }
        if !code.isEmpty { blocks.append(Block(.code(language: language.rawValue), code, line: line)) }
        // The comment's own headings are below the declaration's.
        for var block in MarkdownReader.read(comment).blocks {
            block.line = line
            if case .heading(let level) = block.kind { block.kind = .heading(level: min(6, level + 2)) }
            blocks.append(block)
        }
    }

    /// Remembers the type that a line begins.
    private mutating func note(_ line: String, indentation: Int) {
        guard !line.isEmpty, !line.hasPrefix("//") else { return }
        let words = line.split(maxSplits: 8) { " \t".contains($0) }
        guard let keyword = words.prefix(5).firstIndex(where: { language.containers.contains(String($0)) }),
            keyword + 1 < words.count
        else { return }
        let name = words[keyword + 1].prefix { $0.isLetter || $0.isNumber || "_.".contains($0) }
        guard !name.isEmpty, words[..<keyword].allSatisfy({ !$0.contains("(") || $0.hasPrefix("@") }) else {
            return
        }
        enclosing.removeAll { $0.indentation >= indentation }
        enclosing.append((indentation, String(name)))
    }

    private static let introducers: Set<String> = [
        "func", "fn", "def", "var", "let", "const", "case", "class", "struct", "enum", "protocol",
        "interface",
        "extension", "actor", "type", "typealias", "trait", "impl", "mod", "macro", "namespace", "function",
        "associatedtype", "fun", "val", "record", "precedencegroup", "operator", "#define",
    ]

    /// The declared name, as people would look for it.
    static func name(of declaration: String) -> String {
        let line = declaration.split(separator: "\n").joined(separator: " ")
        for initializer in ["init(", "init?(", "init<", "subscript(", "deinit"]
        where line.firstRange(of: initializer) != nil {
            return String(initializer.prefix { $0.isLetter })
        }
        let words = line.split { " \t".contains($0) }
        if let place = words.firstIndex(where: { introducers.contains(String($0)) }), place + 1 < words.count
        {
            var next = words[place + 1]
            // `class func`, `static let`, `const fn`: the last introducer counts.
            if introducers.contains(String(next)), place + 2 < words.count { next = words[place + 2] }
            // Go writes a method's receiver before its name.
            if next.hasPrefix("("), let close = line.firstIndex(of: ")") {
                return String(
                    line[line.index(after: close)...].trimmed.prefix {
                        $0.isLetter || $0.isNumber || $0 == "_"
                    }
                )
            }
            let name = next.prefix { !"(<:={,;".contains($0) }
            return String(name.isEmpty ? next.prefix(40) : name)
        }
        // C and its kin: the word before the first parenthesis.
        let head = line.prefix { $0 != "(" && $0 != "=" && $0 != ";" }
        let name = head.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "~") }.last
        return name.map(String.init) ?? String(line.prefix(60))
    }
}
