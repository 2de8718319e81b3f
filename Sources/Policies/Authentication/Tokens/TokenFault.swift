/// Why a token is refused: a sentence for the client and for the log, which holds nothing of the token but what it names itself.
package struct TokenFault: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ sentence: String) { description = sentence }

    /// A text out of a token as it may stand in a sentence: short, and without anything that moves a terminal.
    static func quoted(_ text: String) -> String {
        let plain = String(
            text.unicodeScalars.prefix(80).map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" }
        )
        return "\"\(plain)\(text.unicodeScalars.count > 80 ? "…" : "")\""
    }
}
