/// One thing that is wrong with a configuration.
package struct ConfigurationFault: Error, Sendable, Hashable {
    /// Where a fault is.
    package enum Place: Sendable, Hashable {
        /// In a file; line and column count from 1.
        case file(String, line: Int, column: Int)
        /// In an environment variable.
        case environment(String)
    }

    /// Where it is.
    package let place: Place
    /// The key's path, for example `plugins.echo.limits.memory`; empty when the fault is not about a key.
    package let keyPath: String
    /// What is wanted there, as the rest of a sentence that begins with "expected".
    package let expected: String
    /// What stands there, as the rest of a sentence that begins with "found".
    package let found: String
    /// What to do, as a sentence of its own without a capital and a full stop; nil when that is plain already.
    package let hint: String?

    init(place: Place, keyPath: String, expected: String, found: String, hint: String? = nil) {
        self.place = place
        self.keyPath = keyPath
        self.expected = expected
        self.found = found
        self.hint = hint
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// One line: place, key path, what was expected, what was found, what to do.
    package var description: String {
        var parts: [String] = []
        switch place {
        case .file(let file, let line, let column): parts.append("\(file):\(line):\(column)")
        case .environment(let name): parts.append("environment variable \(name)")
        }
        if !keyPath.isEmpty { parts.append(keyPath) }
        parts.append("expected \(expected), found \(found)" + (hint.map { "; \($0)" } ?? ""))
        return parts.joined(separator: ": ")
    }
}
