/// Header fields in the order they are sent, duplicates and all.
struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var lines: [(name: String, value: String)]

    init(dictionaryLiteral elements: (String, String)...) { lines = elements }

    /// The first value of a name in any case; setting replaces every line of the name, nil removes them.
    subscript(name: String) -> String? {
        get { lines.first { $0.name.lowercased() == name.lowercased() }?.value }
        set {
            let place = lines.firstIndex { $0.name.lowercased() == name.lowercased() }
            lines.removeAll { $0.name.lowercased() == name.lowercased() }
            if let newValue { lines.insert((name, newValue), at: min(place ?? lines.count, lines.count)) }
        }
    }

    /// Adds one more line, even of a name that is there.
    mutating func append(_ name: String, _ value: String) { lines.append((name, value)) }

    /// The fields as they stand on the wire.
    var text: String { lines.map { "\($0.name): \($0.value)\r\n" }.joined() }
}
