/// Finds the word that somebody meant.
enum Spelling {
    /// The word that is at most a third of its letters away; nil when none is.
    static func nearest(to word: String, in words: [String]) -> String? {
        let distances = words.map {
            ($0, distance(Array(word.lowercased().utf8), Array($0.lowercased().utf8)))
        }
        guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(1, best.0.utf8.count / 3) else {
            return nil
        }
        return best.0
    }

    /// Letters to insert, remove or change (Levenshtein).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count <= 64 else { return .max }
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var before = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let change = before + (a == b ? 0 : 1)
                before = row[j + 1]
                row[j + 1] = min(change, before + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
