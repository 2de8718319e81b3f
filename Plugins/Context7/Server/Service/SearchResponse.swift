import RoostJSON

/// What the service found: libraries in its own order.
struct SearchResponse: Sendable {
    var libraries: [LibraryEntry]
    /// True when a team's settings hid some.
    var isFiltered: Bool

    /// Nil when the bytes are no such answer.
    init?(parsing bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), let results = value["results"]?.array else {
            return nil
        }
        libraries = results.compactMap(LibraryEntry.init)
        isFiltered = value["searchFilterApplied"]?.bool ?? false
    }
}

extension LibraryEntry {
    /// Reads one result; nil when it has no id.
    fileprivate init?(_ value: JSONValue) {
        guard let id = value["id"]?.string, !id.isEmpty else { return nil }
        self.init(id: id, title: value["title"]?.string ?? id, summary: value["description"]?.string ?? "")
        snippets = value["totalSnippets"]?.integer.flatMap { $0 < 0 ? nil : $0 }
        trust = value["trustScore"]?.double
        benchmark = value["benchmarkScore"]?.double
        versions = (value["versions"]?.array ?? []).compactMap(\.string)
        source = value["source"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
