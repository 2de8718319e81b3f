import MCP

/// Names of tasks that nobody can guess: 128 random bits from the system.
enum TaskID {
    static func random() -> String { Base64.encodeURLSafe((0..<16).map { _ in .random(in: .min ... .max) }) }
}
