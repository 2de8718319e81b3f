/// The order of versions by their names.
enum VersionOrder {
    /// True when `left` names a newer version: 1.10 is newer than 1.9, and 2.0 than 2.0-beta.
    static func isNewer(_ left: String, than right: String) -> Bool {
        let (one, other) = (parts(of: left), parts(of: right))
        for (a, b) in zip(one, other) where a != b {
            switch (a, b) {
            case (.number(let a), .number(let b)): return a > b
            case (.word(let a), .word(let b)): return a > b
            // What goes on with a number is newer than what goes on with a word.
            case (.number, .word): return true
            case (.word, .number): return false
            }
        }
        guard one.count != other.count else { return left > right }
        // 1.2.1 is newer than 1.2, and 1.2 than 1.2-beta.
        let isLonger = one.count > other.count
        let first = isLonger ? one[other.count] : other[one.count]
        if case .number = first { return isLonger }
        return !isLonger
    }

    private enum Part: Equatable {
        case number(Int)
        case word(String)
    }

    /// Numbers and words without what stands between them; a v in front says nothing.
    private static func parts(of name: String) -> [Part] {
        var parts: [Part] = []
        var rest = name.lowercased()[...]
        if rest.first == "v", rest.dropFirst().first?.isNumber == true { rest = rest.dropFirst() }
        while let first = rest.first {
            let isDigit = isDigit(first)
            let run = rest.prefix { isDigit ? Self.isDigit($0) : $0.isLetter }
            if run.isEmpty {
                rest = rest.dropFirst()
                continue
            }
            rest = rest[run.endIndex...]
            // More digits than a number holds are dates or the like: still later than shorter ones.
            parts.append(isDigit ? .number(Int(run) ?? .max) : .word(String(run)))
        }
        return parts
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
