/// A library as resolve-library-id lists it, wherever it is from.
struct LibraryEntry: Sendable, Equatable {
    var id: String
    var title: String
    var summary: String
    /// Nil: not known.
    var snippets: Int64?
    /// From 0 to 10; nil or below 0: not known.
    var trust: Double?
    /// From 0 to 100; nil or 0: not measured.
    var benchmark: Double?
    var versions: [String] = []
    var source: String?
    var isLocal = false

    init(id: String, title: String, summary: String) {
        self.id = id
        self.title = title
        self.summary = summary
    }

    /// One line for each fact, in upstream's order and wording, which clients' prompts rely on.
    var lines: [String] {
        var lines = [
            "- Title: \(title)", "- Context7-compatible library ID: \(id)", "- Description: \(summary)",
        ]
        if let snippets { lines.append("- Code Snippets: \(snippets)") }
        lines.append("- Source Reputation: \(reputation)")
        if let benchmark, benchmark > 0 { lines.append("- Benchmark Score: \(Self.number(benchmark))") }
        if !versions.isEmpty { lines.append("- Versions: \(versions.joined(separator: ", "))") }
        if let source { lines.append("- Source: \(source)") }
        return lines
    }

    private var reputation: String {
        guard let trust, trust >= 0 else { return "Unknown" }
        return trust >= 7 ? "High" : trust >= 4 ? "Medium" : "Low"
    }

    /// As JavaScript writes it: no fraction where there is none.
    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
