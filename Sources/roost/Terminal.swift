import Glibc

/// What a person sees: colour where somebody looks, plain text where a program reads.
enum Terminal {
    /// EX_CONFIG of sysexits.h.
    static let badConfiguration: Int32 = 78

    private static let isTerminal = isatty(STDOUT_FILENO) == 1
    private static let isColoured = isTerminal && getenv("NO_COLOR") == nil

    static func bold(_ text: String) -> String { styled(text, "1") }
    static func dim(_ text: String) -> String { styled(text, "2") }
    static func good(_ text: String) -> String { styled(text, "32") }
    static func bad(_ text: String) -> String { styled(text, "31") }

    /// A text in place of what a terminal shows; the text alone where a program reads.
    static func cleared(_ text: String) -> String { isTerminal ? "\u{1B}[H\u{1B}[2J\(text)" : text }

    /// Writes to standard error, so that answers on standard output stay clean.
    static func complain(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    static func say(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    private static func styled(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, Array(rest), rest.count)
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
