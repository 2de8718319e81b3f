/// How well a library's names fit the one that was asked for; higher fits better.
enum NameMatch: Int, Sendable, Comparable {
    /// Nothing of it fits.
    case none
    /// A word of the question stands in its description.
    case described
    /// One is spelt nearly like the other.
    case similar
    /// One contains the other.
    case contained
    /// One begins with the other.
    case beginning
    /// The same, but for case, signs and a "js" at the end.
    case exact

    static func < (left: NameMatch, right: NameMatch) -> Bool { left.rawValue < right.rawValue }

    /// - Parameters:
    ///   - wanted: The name that was asked for.
    ///   - id: The library's id.
    ///   - title: What people call it.
    ///   - summary: What it is for.
    init(of wanted: String, id: String, title: String, summary: String) {
        let parts = id.split(separator: "/").map(String.init)
        let asked = Self.plain(wanted)
        let names = ([title, id, parts.last ?? ""] + (parts.count > 1 ? [parts[0] + parts[1]] : [])).map(
            Self.plain
        )
        let best = names.filter { !$0.isEmpty }.map { Self.match(asked, $0) }.max() ?? .none
        guard best == .none, !asked.isEmpty else {
            self = asked.isEmpty ? .none : best
            return
        }
        let words = Set(SearchWords(wanted).words)
        let described = Set(SearchWords("\(title) \(summary) \(parts.joined(separator: " "))").words)
        self = words.isDisjoint(with: described) ? .none : .described
    }

    private static func match(_ asked: String, _ name: String) -> NameMatch {
        if asked == name { return .exact }
        let (short, long) = asked.count < name.count ? (asked, name) : (name, asked)
        if short.count >= 3 {
            if long.hasPrefix(short) { return .beginning }
            if long.contains(short) { return .contained }
        }
        return short.count >= 5 && distance(Array(short), Array(long)) <= 2 ? .similar : .none
    }

    /// Without case, blanks and signs; "Next.js", "nextjs" and "next" are one.
    static func plain(_ name: String) -> String {
        let text = name.lowercased().filter { $0.isLetter || $0.isNumber }
        return text.hasSuffix("js") && text.count > 4 ? String(text.dropLast(2)) : text
    }

    /// Insertions, deletions and changes that lead from one to the other; more than two are not counted out.
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        guard abs(one.count - other.count) <= 2 else { return 3 }
        var row = Array(0...other.count)
        for (place, sign) in one.enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for (index, against) in other.enumerated() {
                let next = min(row[index] + 1, row[index + 1] + 1, diagonal + (sign == against ? 0 : 1))
                diagonal = row[index + 1]
                row[index + 1] = next
            }
        }
        return row[other.count]
    }
}
