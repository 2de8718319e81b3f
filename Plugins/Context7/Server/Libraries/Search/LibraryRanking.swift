/// Libraries of this machine and of the service in one list.
enum LibraryRanking {
    /// Orders by how well names fit.
    ///
    /// Where they fit equally, what is here comes first, and the service's order stays as it is. A library that is here hides the service's of the same id, because it is the one that answers.
    static func merge(
        _ here: [(entry: LibraryEntry, match: NameMatch)],
        _ there: [LibraryEntry],
        for name: String
    ) -> [LibraryEntry] {
        guard !here.isEmpty else { return there }
        let own = Set(here.map { $0.entry.id.lowercased() })
        // The service ranks by more than names: its order is kept, and each of ours takes its place among them.
        var merged = there.filter { !own.contains($0.id.lowercased()) }
        for (entry, match) in here.reversed() {
            let place = merged.firstIndex { other in
                guard !other.isLocal else { return true }
                let theirs = NameMatch(of: name, id: other.id, title: other.title, summary: other.summary)
                return theirs <= match
            }
            merged.insert(entry, at: place ?? merged.endIndex)
        }
        return merged
    }
}
