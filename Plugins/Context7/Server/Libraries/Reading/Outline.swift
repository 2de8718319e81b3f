/// Cuts a page's blocks into passages: by headings, and long sections again between their blocks.
///
/// A passage is about as long as the embedding model reads and as an answer should show at once. An example stays with the
/// prose before it and is cut only when it alone is too long.
struct Outline: Sendable {
    /// Bytes from which on a section is cut at the next border.
    static let wanted = 1400
    /// Bytes of a block that is cut itself.
    static let most = 3600

    private let title: String
    private var passages: [Passage] = []
    private var headings: [(level: Int, text: String)] = []
    private var open: [Block] = []
    private var size = 0

    /// Cuts the blocks of a page.
    ///
    /// `title`: what the page says it is called; nil: its first heading, else `fileName`, which has no folders.
    init(_ blocks: [Block], title: String?, fileName: String) {
        let first = blocks.first { $0.kind == .heading(level: 1) } ?? blocks.first(where: \.isHeading)
        let named = title ?? first?.text
        self.title = named.flatMap { $0.isEmpty ? nil : $0 } ?? fileName
        for block in blocks.flatMap(Self.cut) { add(block) }
        close()
    }

    /// Nil when nothing is said.
    var page: Page? { passages.isEmpty ? nil : Page(title: title, passages: passages) }

    private mutating func add(_ block: Block) {
        if case .heading(let level) = block.kind {
            close()
            headings.removeAll { $0.level >= level }
            headings.append((level, block.text))
            return
        }
        guard !block.text.isEmpty else { return }
        // A short sentence before an example introduces it: they are not parted.
        let introduces = block.isCode && (open.last.map { !$0.isCode && $0.text.utf8.count < 600 } ?? false)
        if size > 0, size + block.text.utf8.count > Self.wanted, !introduces { close() }
        open.append(block)
        size += block.text.utf8.count
    }

    private mutating func close() {
        defer {
            open = []
            size = 0
        }
        guard let line = open.first?.line else { return }
        var trail = headings.map(\.text)
        if trail.first != title { trail.insert(title, at: 0) }
        let body = open.map(Self.markdown).joined(separator: "\n\n")
        passages.append(
            Passage(trail: trail, body: body, line: line, hasCode: open.contains(where: \.isCode))
        )
    }

    private static func markdown(_ block: Block) -> String {
        guard case .code(let language) = block.kind else { return block.text }
        var fence = "```"
        while block.text.contains(fence) { fence += "`" }
        return "\(fence)\(language)\n\(block.text)\n\(fence)"
    }

    /// Cuts a block that is too long at empty lines, else at any line.
    private static func cut(_ block: Block) -> [Block] {
        guard block.text.utf8.count > most, !block.isHeading else { return [block] }
        var pieces: [Block] = []
        var lines: [Substring] = []
        var size = 0
        var line = block.line
        func flush() {
            let text = lines.joined(separator: "\n")
            if !text.allSatisfy(\.isWhitespace) { pieces.append(Block(block.kind, text, line: line)) }
            if line > 0, block.isVerbatim { line += lines.count }
            lines = []
            size = 0
        }
        for text in block.text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBorder = text.allSatisfy(\.isWhitespace)
            if size > wanted, isBorder || size > most - 400 { flush() }
            // A single line without end is no text for people; its beginning is kept.
            lines.append(text.utf8.count > most ? Substring(text.prefix(most)) : text)
            size += text.utf8.count + 1
        }
        flush()
        return pieces
    }
}
