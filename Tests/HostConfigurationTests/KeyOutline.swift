/// The paths of the keys a YAML text in block style mentions, those in comments included.
enum KeyOutline {
    static func paths(of text: String) -> Set<String> {
        var paths: Set<String> = []
        var open: [(indent: Int, key: String)] = []
        for line in text.split(separator: "\n") {
            var indent = line.prefix { $0 == " " }.count
            var rest = line.dropFirst(indent)
            if rest.hasPrefix("# ") {
                rest = rest.dropFirst(2)
                if rest.hasPrefix(" ") { continue }
            }
            // The first key of a mapping in a list stands behind the dash, and as deep as its second one.
            if rest.hasPrefix("- ") {
                rest = rest.dropFirst(2)
                indent += 2
            }
            let key = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            guard !key.isEmpty, rest.dropFirst(key.count).hasPrefix(":") else { continue }
            open.removeAll { $0.indent >= indent }
            let isChosenByFile = ["plugins", "plugins.*.cache"].contains(
                open.map(\.key).joined(separator: ".")
            )
            open.append((indent, isChosenByFile ? "*" : String(key)))
            paths.insert(open.map(\.key).joined(separator: "."))
        }
        return paths
    }
}
