/// Header fields that the host adds to requests to one place.
package struct UpstreamHeaders: Sendable {
    /// `example.com`, `example.com:8443`, or a whole origin such as `http://127.0.0.1:9000`.
    package var place: String
    /// Names and values, in the order of the file; the values are secrets.
    package var fields: [(name: String, value: String)]
}

extension UpstreamHeaders: CustomStringConvertible, CustomDebugStringConvertible {
    /// The place and the names; never the values.
    package var description: String { "\(place): \(fields.map(\.name).joined(separator: ", "))" }
    /// The same.
    package var debugDescription: String { description }
}
