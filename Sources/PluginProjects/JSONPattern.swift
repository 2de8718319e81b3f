package import RoostJSON

/// A JSON value that another one must hold: objects may have more members, everything else must be equal.
package struct JSONPattern: Sendable {
    private let expected: JSONValue

    package init(_ expected: JSONValue) { self.expected = expected }

    /// The first place where the value is not what is expected, as a sentence; nil when it fits.
    package func difference(from found: JSONValue) -> String? { Self.difference(expected, found, "") }

    private static func difference(_ expected: JSONValue, _ found: JSONValue, _ path: String) -> String? {
        switch (expected, found) {
        case (.object(let members), .object(let others)):
            for (key, value) in members.members {
                let path = "\(path)/\(JSONPointer.escape(key))"
                guard let other = others[key] else {
                    return "at \(path): expected \(value.text), found no such member"
                }
                if let difference = difference(value, other, path) { return difference }
            }
            return nil
        case (.array(let elements), .array(let others)):
            guard elements.count == others.count else {
                return
                    "at \(place(path)): expected \(elements.count) elements, found \(others.count): \(found.text)"
            }
            for (index, pair) in zip(elements, others).enumerated() {
                if let difference = difference(pair.0, pair.1, "\(path)/\(index)") { return difference }
            }
            return nil
        default:
            return expected == found
                ? nil : "at \(place(path)): expected \(expected.text), found \(found.text)"
        }
    }

    private static func place(_ path: String) -> String { path.isEmpty ? "its top" : path }
}
