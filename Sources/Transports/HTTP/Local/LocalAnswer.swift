/// The answer to a ``LocalRequest``.
package struct LocalAnswer: Sendable {
    package var status: Int
    package var contentType: String?
    /// Beside the content type.
    package var headers: [(name: String, value: String)]
    /// Empty when the answer was a stream: then its events were handed over one by one.
    package var body: [UInt8]
    /// True when the answer was a stream of events.
    package var isStream: Bool
}
