import CHTML

/// Walks an HTML text, however broken, as the libxml2 library reads it.
enum HTMLTree {
    enum Event {
        /// `classes`: the value of the attribute class; empty: none.
        case begin(tag: String, classes: String)
        case end(tag: String)
        case text(String, line: Int)
    }

    /// Tells the elements and texts in order.
    ///
    /// Nothing is fetched, and no entity is looked up outside of the text.
    static func walk(_ text: String, _ tell: (Event) -> Void) {
        var text = text
        // Invariant: the bytes are read only during the call; the document owns copies of them and is freed once, here.
        let document = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                bytes.baseAddress.flatMap { chtml_parse($0, bytes.count) }
            }
        }
        guard let document else { return }
        defer { chtml_free(document) }
        // Not by calls of itself: what is nested a hundred thousand deep would end the stack.
        let root = chtml_root(document)
        var next = root
        while let node = next {
            enter(node, tell)
            if let child = chtml_first_child(node) {
                next = child
                continue
            }
            leave(node, tell)
            next = nil
            var place = node
            while place != root {
                if let sibling = chtml_next(place) {
                    next = sibling
                    break
                }
                guard let parent = chtml_parent(place) else { break }
                place = parent
                leave(place, tell)
            }
        }
    }

    private static func enter(_ node: OpaquePointer, _ tell: (Event) -> Void) {
        // Invariant: texts of a node live as long as its document, and are copied at once.
        switch chtml_kind_of(node) {
        case CHTML_ELEMENT:
            let classes = chtml_attribute(node, "class").map { String(cString: $0) } ?? ""
            tell(.begin(tag: String(cString: chtml_text(node)), classes: classes))
        case CHTML_TEXT: tell(.text(String(cString: chtml_text(node)), line: Int(chtml_line(node))))
        default: break
        }
    }

    private static func leave(_ node: OpaquePointer, _ tell: (Event) -> Void) {
        if chtml_kind_of(node) == CHTML_ELEMENT { tell(.end(tag: String(cString: chtml_text(node)))) }
    }
}
