import CCMark

/// The blocks of a Markdown text, as the cmark library finds them.
enum MarkdownTree {
    struct Part {
        enum Kind { case heading(level: Int), code(language: String), text }
        var kind: Kind
        /// Of a heading its words as they are written, of code the code; empty otherwise.
        var text: String
        /// From 1, both inclusive.
        var firstLine: Int
        var lastLine: Int
    }

    /// What stands at the top level; code inside of lists and quotes belongs to their text.
    static func blocks(of text: String) -> [Part] {
        var text = text
        // Invariant: cmark reads the bytes only during the call, and the tree owns copies of them; it is freed once, here.
        let root = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                cmark_parse_document(bytes.baseAddress, bytes.count, CMARK_OPT_DEFAULT)
            }
        }
        guard let root else { return [] }
        defer { cmark_node_free(root) }
        var parts: [Part] = []
        var next = cmark_node_first_child(root)
        while let node = next {
            if let part = part(node) { parts.append(part) }
            next = cmark_node_next(node)
        }
        return parts
    }

    private static func part(_ node: OpaquePointer) -> Part? {
        let lines = (Int(cmark_node_get_start_line(node)), Int(cmark_node_get_end_line(node)))
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HEADING:
            return Part(
                kind: .heading(level: Int(cmark_node_get_heading_level(node))),
                text: words(below: node),
                firstLine: lines.0,
                lastLine: lines.1
            )
        case CMARK_NODE_CODE_BLOCK:
            let info = string(cmark_node_get_fence_info(node))
            let language = info.split(whereSeparator: { " {,\t".contains($0) }).first.map(String.init) ?? ""
            var code = string(cmark_node_get_literal(node))
            while code.hasSuffix("\n") { code.removeLast() }
            return Part(
                kind: .code(language: language.trimmed(of: ".}")),
                text: code,
                firstLine: lines.0,
                lastLine: lines.1
            )
        case CMARK_NODE_THEMATIC_BREAK: return nil
        default: return Part(kind: .text, text: "", firstLine: lines.0, lastLine: lines.1)
        }
    }

    /// The words of a heading, without marks.
    private static func words(below node: OpaquePointer) -> String {
        var result = ""
        let iterator = cmark_iter_new(node)
        // Invariant: the iterator is used while the tree lives, and freed once, here.
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { break }
            guard event == CMARK_EVENT_ENTER, let current = cmark_iter_get_node(iterator) else { continue }
            switch cmark_node_get_type(current) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE: result += string(cmark_node_get_literal(current))
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: result += " "
            default: break
            }
        }
        return result
    }

    /// Invariant: cmark gives NUL-terminated text that lives as long as its node, and is copied at once.
    private static func string(_ text: UnsafePointer<CChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }
}
