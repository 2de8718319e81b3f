/// Why a plugin's types cannot be described as JSON Schema.
///
/// Found when the manifest is asked for, never in a call.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    /// What was expected, what was found, what to do.
    public let reason: String
    /// What was being described, outermost last; empty when unknown.
    public let place: String

    /// Creates an error about `place`.
    public init(_ reason: String, in place: String = "") {
        self.reason = reason
        self.place = place
    }

    /// The whole sentence with its place.
    public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }

    func within(_ outer: String) -> SchemaError {
        SchemaError(reason, in: place.isEmpty ? outer : "\(outer), \(place)")
    }
}
