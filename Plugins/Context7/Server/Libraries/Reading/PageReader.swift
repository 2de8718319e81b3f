/// Reads a file in whatever form it is.
///
/// ```
/// bytes ─> form, by the file's name and beginning ─> blocks ─> Outline ─> passages
/// ```
enum PageReader {
    /// Files longer than this are no documentation that people wrote.
    static let largest = 2 << 20

    /// The page; nil when the file holds nothing that could be asked for.
    static func read(_ bytes: [UInt8], path: String) -> Page? {
        guard bytes.count <= largest, let form = PageForm(path: path) else { return nil }
        // A byte of zero among the first ones: no text, whatever the name says.
        guard !bytes.prefix(4096).contains(0) else { return nil }
        let text = String(
            decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...],
            as: UTF8.self
        )
        let name = path.split(separator: "/").last.map(String.init) ?? path
        switch form {
        case .markdown:
            let (blocks, title) = MarkdownReader.read(text)
            return Outline(blocks, title: title, fileName: name).page
        case .reStructuredText:
            return Outline(ReStructuredTextReader.read(text), title: nil, fileName: name).page
        case .html:
            let (blocks, title) = HTMLReader.read(text)
            return Outline(blocks, title: title, fileName: name).page
        case .plainText:
            return Outline(PlainTextReader.read(text), title: nil, fileName: name).page
        case .description(let isYAML):
            guard let description = OpenAPIDescription(text, isYAML: isYAML) else { return nil }
            let blocks = OpenAPIReader(description).blocks
            return Outline(blocks, title: description.title, fileName: name).page
        case .source(let language):
            return Outline(SourceReader.read(text, language), title: name, fileName: name).page
        }
    }
}
