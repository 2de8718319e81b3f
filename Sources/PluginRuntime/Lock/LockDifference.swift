/// One fact of a plugin that is not as the lock says.
package struct LockDifference: Sendable, Hashable {
    /// Which fact, such as `digest` or `tool add, input schema`.
    package var fact: String
    /// What the lock says; nil: nothing of the kind.
    package var locked: String?
    /// What was found; nil: nothing of the kind.
    package var found: String?

    package init(_ fact: String, locked: String?, found: String?) {
        self.fact = fact
        self.locked = locked
        self.found = found
    }

    /// The fact, and below it a line for what is gone and a line for what is new.
    package var lines: String {
        var lines = ["  \(fact)"]
        if let locked { lines.append("    - \(locked)") }
        if let found { lines.append("    + \(found)") }
        return lines.joined(separator: "\n")
    }

    /// The difference of one fact; nothing when both are the same.
    static func of(_ fact: String, _ locked: String?, _ found: String?) -> [LockDifference] {
        locked == found ? [] : [LockDifference(fact, locked: locked, found: found)]
    }
}
