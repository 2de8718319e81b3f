/// Text without marks: paragraphs between empty lines, and headings where a line is underlined.
enum PlainTextReader {
    static func read(_ text: String) -> [Block] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.last == "\r" ? $0.dropLast() : $0
        }
        var blocks: [Block] = []
        var paragraph: [Substring] = []
        var start = 0
        func flush() {
            let words = paragraph.joined(separator: "\n")
            if !words.allSatisfy(\.isWhitespace) { blocks.append(Block(.prose, words, line: start)) }
            paragraph = []
        }
        var place = 0
        while place < lines.count {
            let line = lines[place]
            let next = place + 1 < lines.count ? lines[place + 1] : ""
            if paragraph.isEmpty, let level = underline(next), !line.trimmed.isEmpty, line.count <= 120 {
                flush()
                blocks.append(Block(.heading(level: level), line.trimmed, line: place + 1))
                place += 2
                continue
            }
            if line.allSatisfy(\.isWhitespace) {
                flush()
            } else {
                if paragraph.isEmpty { start = place + 1 }
                paragraph.append(line)
            }
            place += 1
        }
        flush()
        return blocks
    }

    /// 1 for ===, 2 for ---, ~~~ and ***; nil for anything else.
    private static func underline(_ line: Substring) -> Int? {
        let line = line.trimmed
        guard line.count >= 3, let sign = line.first, line.allSatisfy({ $0 == sign }) else { return nil }
        switch sign {
        case "=": return 1
        case "-", "~", "*": return 2
        default: return nil
        }
    }
}
