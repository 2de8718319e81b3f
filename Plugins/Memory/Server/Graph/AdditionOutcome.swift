/// What a call that adds to the graph did: what is new, and what stood in the call more than once.
package struct AdditionOutcome<Element: Sendable>: Sendable {
    /// What was really added, in the order of the call.
    package var added: [Element] = []
    /// Names the things that stood in the call again and were stored only as they stood first.
    package var repetitions: [String] = []

    package init() {}
}

extension AdditionOutcome: Equatable where Element: Equatable {}
