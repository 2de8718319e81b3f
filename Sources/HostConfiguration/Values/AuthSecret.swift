/// A secret that signs tokens; its description never shows it.
package struct AuthSecret: Sendable, Hashable {
    /// At least ``minimumCount``: what is shorter can be guessed from one token (RFC 7518, section 3.2).
    package let bytes: [UInt8]

    package static let minimumCount = 32

    /// Nil when the text is too short.
    init?(_ text: String) {
        guard text.utf8.count >= Self.minimumCount else { return nil }
        bytes = Array(text.utf8)
    }
}

extension AuthSecret: CustomStringConvertible, CustomDebugStringConvertible {
    /// The length only.
    package var description: String { "a secret of \(bytes.count) bytes" }
    package var debugDescription: String { description }
}
