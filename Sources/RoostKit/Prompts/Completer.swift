/// Suggests values for an argument while a user types.
public struct Completer: Sendable {
    /// What is being completed.
    public struct Question: Sendable {
        /// What was typed so far; may be empty.
        public let value: String
        /// Values of other arguments that are known already.
        public let arguments: [String: String]
    }

    /// The most suggestions one answer may hold.
    public static let limit = 100

    let suggest: @Sendable (Question, CallContext) async throws -> [String]

    /// Suggests whatever a function answers, best first.
    ///
    /// What goes beyond ``limit`` is only counted.
    public init(_ suggest: @escaping @Sendable (Question, CallContext) async throws -> [String]) {
        self.suggest = suggest
    }

    /// Suggests those of a few fixed values that begin with what was typed, whatever the case of its letters.
    public static func oneOf(_ values: [String]) -> Completer {
        Completer { question, _ in
            let start = question.value.lowercased()
            return values.filter { $0.lowercased().hasPrefix(start) }
        }
    }
}
