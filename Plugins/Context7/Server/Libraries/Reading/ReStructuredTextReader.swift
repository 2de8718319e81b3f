/// reStructuredText: headings by their underlines, code blocks, literal blocks and the text of directives.
///
/// The order in which kinds of underlines come first in a file is the order of their levels, as docutils has it.
struct ReStructuredTextReader {
    private let lines: [Substring]
    private var place = 0
    private var kinds: [String] = []
    private var blocks: [Block] = []

    static func read(_ text: String) -> [Block] {
        var reader = ReStructuredTextReader(text)
        reader.run()
        return reader.blocks
    }

    private init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.last == "\r" ? $0.dropLast() : $0
        }
    }

    private mutating func run() {
        while place < lines.count {
            let line = lines[place]
            if line.allSatisfy(\.isWhitespace) {
                place += 1
            } else if takeHeading() {
                continue
            } else if line.trimmed.hasPrefix(".. ") || line.trimmed == ".." {
                takeDirective()
            } else {
                takeParagraph()
            }
        }
    }

    private mutating func takeHeading() -> Bool {
        let line = lines[place]
        if let over = Self.rule(line), place + 2 < lines.count, Self.rule(lines[place + 2]) == over,
            !lines[place + 1].trimmed.isEmpty, line.indentation == 0
        {
            heading(lines[place + 1].trimmed, kind: "\(over)\(over)", line: place + 2)
            place += 3
            return true
        }
        guard place + 1 < lines.count, let under = Self.rule(lines[place + 1]), Self.rule(line) == nil,
            line.indentation == 0, lines[place + 1].trimmed.count + 2 >= min(line.trimmed.count, 12)
        else { return false }
        heading(line.trimmed, kind: String(under), line: place + 1)
        place += 2
        return true
    }

    private mutating func heading(_ text: String, kind: String, line: Int) {
        if !kinds.contains(kind) { kinds.append(kind) }
        let level = (kinds.firstIndex(of: kind) ?? 0) + 1
        blocks.append(Block(.heading(level: min(level, 6)), Self.plain(text), line: line))
    }

    /// `.. name:: argument`, its options, and the indented block below it.
    private mutating func takeDirective() {
        let start = place
        let line = lines[place]
        let head = line.trimmed.dropFirst(2).trimmed
        place += 1
        var body = indented(deeperThan: line.indentation)
        let parts = head.components(of: "::")
        guard parts.count == 2 else { return }
        let name = parts[0].lowercased()
        while let first = body.first, first.trimmed.hasPrefix(":"), first.trimmed.dropFirst().contains(":") {
            body.removeFirst()
        }
        while let first = body.first, first.allSatisfy(\.isWhitespace) { body.removeFirst() }
        let text = Self.dedented(body)
        switch name {
        case "code-block", "code", "sourcecode", "parsed-literal", "literalinclude", "prompt":
            if !text.isEmpty { blocks.append(Block(.code(language: parts[1]), text, line: start + 1)) }
        case "toctree", "image", "figure", "include", "contents", "index", "meta", "raw", "highlight",
            "currentmodule",
            "module":
            break
        default:
            // What a directive describes or remarks is text like any other.
            let isObject = [
                "function", "method", "class", "attribute", "data", "exception", "option", "envvar",
            ]
            .contains { name.hasSuffix($0) }
            if isObject { blocks.append(Block(.heading(level: 6), parts[1], line: start + 1)) }
            let inner = ReStructuredTextReader.read(
                ([isObject ? "" : parts[1], ""] + [text]).joined(separator: "\n")
            )
            blocks += inner.map { block in
                var block = block
                block.line = start + 1
                return block
            }
        }
    }

    private mutating func takeParagraph() {
        let start = place
        var paragraph: [Substring] = []
        while place < lines.count, !lines[place].allSatisfy(\.isWhitespace) {
            if !paragraph.isEmpty, lines[place].trimmed.hasPrefix(".. ") { break }
            paragraph.append(lines[place])
            place += 1
        }
        var text = paragraph.joined(separator: "\n")
        let isLiteralNext = text.hasSuffix("::")
        if isLiteralNext { text.removeLast(text.hasSuffix(" ::") || text == "::" ? 2 : 1) }
        let prose = Self.plain(text).trimmed
        if !prose.isEmpty { blocks.append(Block(.prose, prose, line: start + 1)) }
        guard isLiteralNext else { return }
        let depth = lines[start].indentation
        let code = Self.dedented(indented(deeperThan: depth))
        if !code.isEmpty { blocks.append(Block(.code(language: ""), code, line: place)) }
    }

    private mutating func indented(deeperThan depth: Int) -> [Substring] {
        var block: [Substring] = []
        while place < lines.count {
            let line = lines[place]
            guard line.allSatisfy(\.isWhitespace) || line.indentation > depth else { break }
            block.append(line)
            place += 1
        }
        while let last = block.last, last.allSatisfy(\.isWhitespace) { block.removeLast() }
        return block
    }

    private static func dedented(_ lines: [Substring]) -> String {
        let depth = lines.filter { !$0.allSatisfy(\.isWhitespace) }.map(\.indentation).min() ?? 0
        return lines.drop { $0.allSatisfy(\.isWhitespace) }.map { $0.dropFirst(min(depth, $0.indentation)) }
            .joined(separator: "\n")
    }

    /// The sign of a line that is nothing but one sign of punctuation.
    private static func rule(_ line: Substring) -> Character? {
        let line = line.trimmed
        guard line.count >= 3, let sign = line.first, sign.isPunctuation || sign.isSymbol, sign != ".",
            line.allSatisfy({ $0 == sign })
        else { return nil }
        return sign
    }

    /// Roles such as :func:`name` and links such as `text <address>`_ as their words; literals keep one mark.
    private static func plain(_ text: String) -> String {
        var text = text.replacing(/:[a-z:+-]+:`/) { _ in "`" }
        text = text.replacing(/`([^`<]*?)\s*<[^>`]*>`_*/) { $0.output.1 }
        text = text.replacing(/``([^`]+)``/) { "`\($0.output.1)`" }
        return text.replacing(/`([^`]+)`_+/) { $0.output.1 }
    }
}

extension StringProtocol {
    /// What stands before and behind the first separator, trimmed; one part when there is none.
    fileprivate func components(of separator: String) -> [String] {
        let text = String(self)
        guard let range = text.firstRange(of: separator) else { return [text] }
        return [String(text[..<range.lowerBound]).trimmed, String(text[range.upperBound...]).trimmed]
    }
}
