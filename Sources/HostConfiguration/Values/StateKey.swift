/// A secret that seals what clients carry for the host; its description never shows it.
package struct StateKey: Sendable, Hashable {
    /// The bytes, at least ``minimumCount``.
    package let bytes: [UInt8]

    /// How many bytes a key needs at least.
    package static let minimumCount = 32

    /// Nil when the text has fewer than 32 bytes.
    init?(_ text: String) {
        guard text.utf8.count >= Self.minimumCount else { return nil }
        bytes = Array(text.utf8)
    }
}

extension StateKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// The length only.
    package var description: String { "a key of \(bytes.count) bytes" }
    /// The length only.
    package var debugDescription: String { description }
}
