/// Markdown as CommonMark reads it, with what site generators put around it.
enum MarkdownReader {
    /// The blocks, and the title that stands in the front matter.
    static func read(_ text: String) -> (blocks: [Block], title: String?) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.last == "\r" ? $0.dropLast() : $0
        }
        let (matter, start) = frontMatter(lines)
        let page = lines[start...].joined(separator: "\n")
        let numbered = Array(lines[start...])
        let blocks = MarkdownTree.blocks(of: page).compactMap { part -> Block? in
            let line = start + part.firstLine
            switch part.kind {
            case .heading(let level):
                return Block(.heading(level: level), part.text.trimmed, line: line)
            case .code(let language): return Block(.code(language: language), part.text, line: line)
            case .text:
                let range = (part.firstLine - 1)..<max(part.firstLine - 1, min(part.lastLine, numbered.count))
                let prose = cleaned(numbered[range].joined(separator: "\n"))
                return prose.isEmpty ? nil : Block(.prose, prose, line: line)
            }
        }
        return (blocks, matter)
    }

    /// The title between the lines of dashes at the beginning, and the line after them.
    private static func frontMatter(_ lines: [Substring]) -> (title: String?, start: Int) {
        guard lines.first == "---", let end = lines.dropFirst().prefix(200).firstIndex(of: "---") else {
            return (nil, 0)
        }
        let title = lines[1..<end].first { $0.hasPrefix("title:") }.map { line in
            line.dropFirst(6).trimmed.trimmed(of: "\"'")
        }
        return (title.flatMap { $0.isEmpty ? nil : $0 }, end + 1)
    }

    /// Without comments, imports of MDX, and lines that are nothing but tags or badges.
    private static func cleaned(_ text: String) -> String {
        var text = text
        while let start = text.firstRange(of: "<!--") {
            let end = text[start.upperBound...].firstRange(of: "-->")?.upperBound ?? text.endIndex
            text.removeSubrange(start.lowerBound..<end)
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            let line = line.trimmed
            if line.hasPrefix("import "), line.contains(" from ") { return false }
            if line.hasPrefix("export "), line.contains("=") { return false }
            if line.hasPrefix("["), line.contains("]: http") { return false }
            if line.hasPrefix("[!["), line.hasSuffix(")") { return false }
            if line.hasPrefix("@"), line.hasSuffix("{") || line.hasSuffix(")") { return false }
            return
                !(line.hasPrefix("<") && line.hasSuffix(">") && line.filter { $0 == "<" }.count <= 2
                && line.contains("/"))
        }
        return lines.joined(separator: "\n")[...].trimmed
    }
}
