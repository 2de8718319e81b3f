/// HTML pages: headings, paragraphs, lists and preformatted code; menus, scripts and styles are left out.
enum HTMLReader {
    /// The blocks, and the page's title.
    static func read(_ text: String) -> (blocks: [Block], title: String?) {
        var state = State()
        HTMLTree.walk(text) { state.take($0) }
        state.flush()
        let title = state.title.trimmed
        return (state.blocks, title.isEmpty ? nil : title)
    }

    private static let silent: Set<String> = [
        "script", "style", "nav", "footer", "aside", "template", "noscript", "svg", "button", "select",
        "form",
    ]
    private static let breaking: Set<String> = [
        "p", "div", "section", "article", "main", "ul", "ol", "table", "dl", "blockquote", "figure", "header",
        "hr", "body",
    ]

    private struct State {
        var blocks: [Block] = []
        var title = ""
        private var text = ""
        private var line = 0
        private var silence = 0
        private var isTitle = false
        private var heading: Int?
        private var code: (language: String, depth: Int)?

        mutating func take(_ event: HTMLTree.Event) {
            switch event {
            case .begin(let tag, let classes): begin(tag, classes)
            case .end(let tag): end(tag)
            case .text(let words, let place): add(words, place)
            }
        }

        private mutating func begin(_ tag: String, _ classes: String) {
            if HTMLReader.silent.contains(tag) { silence += 1 }
            switch tag {
            case "title": isTitle = true
            case "h1", "h2", "h3", "h4", "h5", "h6":
                flush()
                heading = tag.utf8.last.map { Int($0) - 0x30 }
            case "pre":
                flush()
                code = (HTMLReader.language(classes), 1)
            case "code" where code == nil: text += "`"
            case "code":
                let named = HTMLReader.language(classes)
                if !named.isEmpty { code?.language = named }
            case "li": text += "\n- "
            case "dt", "tr": text += "\n"
            case "dd": text += "\n: "
            case "td", "th": text += " "
            case "br": text += "\n"
            case _ where HTMLReader.breaking.contains(tag) && code == nil: flush()
            default: break
            }
        }

        private mutating func end(_ tag: String) {
            if HTMLReader.silent.contains(tag) { silence = max(0, silence - 1) }
            switch tag {
            case "title": isTitle = false
            case "h1", "h2", "h3", "h4", "h5", "h6", "pre": flush()
            case "code" where code == nil: text += "`"
            case _ where HTMLReader.breaking.contains(tag) && code == nil: flush()
            default: break
            }
        }

        private mutating func add(_ words: String, _ place: Int) {
            if isTitle {
                title += words
            } else if silence == 0 {
                if text.isEmpty { line = place }
                text += code == nil ? HTMLReader.collapsed(words) : words
            }
        }

        mutating func flush() {
            defer {
                text = ""
                heading = nil
                code = nil
            }
            if let code {
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                let kept = lines.drop { $0.allSatisfy(\.isWhitespace) }
                let body = kept.joined(separator: "\n")
                if !body.allSatisfy(\.isWhitespace) {
                    blocks.append(Block(.code(language: code.language), body, line: line))
                }
                return
            }
            let words = text.trimmed
            guard !words.isEmpty else { return }
            if let heading {
                blocks.append(Block(.heading(level: heading), words.trimmed(of: "¶# "), line: line))
            } else {
                blocks.append(Block(.prose, words, line: line))
            }
        }
    }

    /// White space as browsers show it: one blank.
    private static func collapsed(_ text: String) -> String {
        var result = ""
        var isBlank = false
        for sign in text {
            if sign.isWhitespace {
                if !isBlank { result.append(" ") }
                isBlank = true
            } else {
                result.append(sign)
                isBlank = false
            }
        }
        return result
    }

    /// The language that highlighters write into the class: language-swift, lang-swift, highlight-python.
    private static func language(_ classes: String) -> String {
        for word in classes.split(separator: " ") {
            for prefix in ["language-", "lang-", "highlight-", "sourceCode "] where word.hasPrefix(prefix) {
                let name = String(word.dropFirst(prefix.count))
                return ["default", "none", "text", "notranslate"].contains(name) ? "" : name
            }
        }
        return ""
    }
}
