/// The labels of one series as they are written: `server="echo",action="add"`.
///
/// Written once, when the series is made, so that a scrape only copies text; equal text is the same series.
package struct MetricLabels: Sendable, Hashable {
    /// Without braces; empty when there are no labels.
    let text: String
    let names: [String]

    package init(_ labels: [(String, String)] = []) {
        names = labels.map { MetricName.label($0.0) }
        var text = ""
        for (name, label) in zip(names, labels) {
            if !text.isEmpty { text += "," }
            text += "\(name)=\"\(Self.escaped(label.1))\""
        }
        self.text = text
    }

    /// The same names, each with the value that stands for all values without a series of their own.
    var other: MetricLabels { MetricLabels(names.map { ($0, "other") }) }

    package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Backslash, quote and line feed, as both exposition formats want them in label values.
    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return value }
        var result = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
