/// An argument that is not what its type or its limits say.
///
/// Reaches the model as readable text.
public struct InputMismatch: Error, Sendable, Hashable, CustomStringConvertible {
    /// Names and indices that lead to the value, outermost first.
    ///
    /// Empty: the arguments as a whole.
    public private(set) var path: [String]
    /// What was expected, as the rest of a sentence.
    public let expected: String
    /// What was found, shortened when it is long.
    public let found: String

    /// Creates an error about the value being read.
    public init(expected: String, found: String) {
        path = []
        self.expected = expected
        self.found = found
    }

    /// Creates an error that shows the JSON that was found.
    public init(expected: String, found: JSONView) {
        let limit = 60
        let text = String(decoding: found.bytes.prefix(limit), as: UTF8.self)
        self.init(expected: expected, found: found.bytes.count > limit ? "\(text)…" : text)
    }

    /// The same error seen from the object or array around it.
    public func inside(_ step: String) -> InputMismatch {
        var outer = self
        outer.path.insert(step, at: 0)
        return outer
    }

    /// The whole sentence.
    public var description: String {
        let place = path.isEmpty ? "The arguments" : "Argument '\(path.joined(separator: "."))'"
        return "\(place): expected \(expected), found \(found)."
    }
}
