import YAML

/// Reads nodes into values and collects what is wrong; a fault never stops the look at the rest.
struct ConfigurationReader {
    let file: String
    let folder: String
    let environment: [String: String]
    private(set) var faults: [ConfigurationFault] = []
    /// The names of the keys that may sign plugins.
    var signers: [String] = []

    init(file: String, environment: [String: String]) {
        self.file = file
        self.environment = environment
        folder = ConfigurationFile.folder(of: file)
    }

    mutating func read(_ text: String) -> HostConfiguration {
        var configuration = HostConfiguration(folder: folder)
        configuration.lock.path = defaultLock
        applyMode(to: &configuration)
        if let root = compose(text) {
            readRoot(ConfigurationNode(node: root, path: ""), into: &configuration)
        }
        applyEnvironment(to: &configuration)
        return configuration
    }

    private mutating func compose(_ text: String) -> YAMLNode? {
        do throws(YAMLFault) {
            let root = try YAMLParser.parse(text).map { ConfigurationNode(node: $0, path: "") }
            if let root, !isNothing(root) { return root.node }
            fault(at: nil, "", expected: "a mapping with the key \"plugins\"", found: "an empty file")
        } catch {
            fault(at: error.mark, "", expected: error.expected, found: error.found)
        }
        return nil
    }

    // MARK: Faults

    /// The place of a mark; the beginning of the file when there is none.
    func place(_ mark: YAMLMark?, offset: Int = 0) -> ConfigurationFault.Place {
        .file(file, line: mark?.line ?? 1, column: (mark?.column ?? 1) + offset)
    }

    mutating func fault(
        at mark: YAMLMark?,
        offset: Int = 0,
        _ path: String,
        expected: String,
        found: String,
        hint: String? = nil
    ) {
        note(
            ConfigurationFault(
                place: place(mark, offset: offset),
                keyPath: path,
                expected: expected,
                found: found,
                hint: hint
            )
        )
    }

    mutating func fault(
        _ node: ConfigurationNode,
        expected: String,
        found: String? = nil,
        hint: String? = nil
    ) {
        fault(at: node.node.mark, node.path, expected: expected, found: found ?? node.excerpt, hint: hint)
    }

    mutating func note(_ fault: ConfigurationFault) { faults.append(fault) }

    /// Reads something a second time, whose faults are known.
    mutating func withoutFaults<Value>(_ read: (inout ConfigurationReader) -> Value) -> Value {
        let known = faults
        defer { faults = known }
        return read(&self)
    }

    // MARK: Containers

    /// The members of a mapping by key; a key that is not known is a fault.
    ///
    /// Nothing stands for an empty mapping.
    mutating func members(of node: ConfigurationNode, known: [String]) -> [String: ConfigurationNode] {
        var result: [String: ConfigurationNode] = [:]
        for (key, mark, value) in entries(of: node) {
            if known.contains(key) {
                result[key] = value
            } else {
                fault(
                    at: mark,
                    value.path,
                    expected: "a known key",
                    found: "\"\(key)\"",
                    hint: ConfigurationKeys.hint(for: key, among: known)
                )
            }
        }
        return result
    }

    /// The members of a mapping whose keys the file chooses, in order.
    mutating func entries(
        of node: ConfigurationNode
    ) -> [(key: String, mark: YAMLMark?, value: ConfigurationNode)] {
        if isNothing(node) { return [] }
        guard let mapping = node.node.mapping else {
            fault(node, expected: "a mapping")
            return []
        }
        var result: [(key: String, mark: YAMLMark?, value: ConfigurationNode)] = []
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.text else {
                fault(at: key.mark, node.path, expected: "a text as key", found: "a list or a mapping")
                continue
            }
            let value = node.child(value, name)
            if let line = lines.updateValue(key.mark.line, forKey: name) {
                fault(
                    at: key.mark,
                    value.path,
                    expected: "each key once in a mapping",
                    found: "\"\(name)\" again",
                    hint: "it stands on line \(line) already"
                )
            } else {
                result.append((name, key.mark, value))
            }
        }
        return result
    }

    /// The texts of a list.
    ///
    /// Nothing stands for an empty list.
    mutating func strings(_ node: ConfigurationNode) -> [String] {
        elements(node).compactMap { string($0) }
    }

    /// The elements of a list.
    ///
    /// Nothing stands for an empty list.
    mutating func elements(_ node: ConfigurationNode) -> [ConfigurationNode] {
        if isNothing(node) { return [] }
        guard let sequence = node.node.sequence else {
            fault(node, expected: "a list")
            return []
        }
        return sequence.enumerated().map { ConfigurationNode(node: $1, path: "\(node.path)[\($0)]") }
    }

    private func isNothing(_ node: ConfigurationNode) -> Bool {
        node.node.scalar.map { !$0.isText && ["", "~", "null"].contains($0.text) } ?? false
    }

    // MARK: Scalars

    /// A text with its variables replaced; nil, with a fault, when it is none or a variable is missing.
    mutating func string(_ node: ConfigurationNode, expected: String = "a text") -> String? {
        guard let scalar = node.node.scalar, !isNothing(node) else {
            fault(node, expected: expected)
            return nil
        }
        return expand(scalar, of: node)
    }

    /// A text that `parse` understands; anything else is a fault that says what was expected.
    mutating func value<Value>(
        _ node: ConfigurationNode,
        expected: String,
        _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = string(node, expected: expected) else { return nil }
        guard let value = parse(text) else {
            fault(node, expected: expected)
            return nil
        }
        return value
    }

    mutating func integer(_ node: ConfigurationNode, in range: ClosedRange<Int>) -> Int? {
        value(node, expected: "an integer from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func duration(_ node: ConfigurationNode) -> Duration? {
        value(node, expected: "a duration longer than 0 such as 100ms, 30s or 5m") { text in
            Quantity.duration(text).flatMap { $0 > .zero ? $0 : nil }
        }
    }

    mutating func bytes(_ node: ConfigurationNode, atLeast least: Int) -> Int? {
        value(node, expected: "a size of at least \(least) bytes such as 30MB or 512MiB") { text in
            Quantity.bytes(text).flatMap { $0 >= least ? $0 : nil }
        }
    }

    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ node: ConfigurationNode,
        _ type: Value.Type
    ) -> Value? where Value.RawValue == String {
        let names = Value.allCases.map(\.rawValue)
        guard let text = string(node, expected: "one of \(names.joined(separator: ", "))") else { return nil }
        guard let value = Value(rawValue: text) else {
            fault(
                node,
                expected: "one of \(names.joined(separator: ", "))",
                hint: ConfigurationKeys.hint(for: text, among: names)
            )
            return nil
        }
        return value
    }

    /// A text that may hold `${secret:NAME}`, where the environment's secrets stand for themselves.
    mutating func secret(_ node: ConfigurationNode) -> String? {
        guard let scalar = node.node.scalar, !isNothing(node) else {
            fault(node, expected: "a text such as \"Bearer ${secret:NAME}\"")
            return nil
        }
        return expand(scalar, of: node, secrets: true)
    }

    /// Replaces variables; a missing one is a fault at its place.
    mutating func expand(_ scalar: YAMLScalar, of node: ConfigurationNode, secrets: Bool = false) -> String? {
        let quote = scalar.style == .quoted ? 1 : 0
        do throws(VariableExpansion.Failure) {
            let expansion = VariableExpansion(environment: environment, takesSecrets: secrets)
            return try expansion.expand(scalar.text)
        } catch {
            switch error {
            case .missing(let name, let offset):
                fault(
                    at: node.node.mark,
                    offset: offset + quote,
                    node.path,
                    expected: "the environment variable \(name)",
                    found: "it is not set",
                    hint: secrets ? "set it" : "set it, or write ${\(name):-default}"
                )
            case .malformed(let offset):
                fault(
                    at: node.node.mark,
                    offset: offset + quote,
                    node.path,
                    expected: secrets ? "${secret:NAME} or ${NAME}" : "${NAME} or ${NAME:-default}",
                    found: secrets ? "something else in braces" : node.excerpt,
                    hint: "write $${ for a plain ${"
                )
            }
            return nil
        }
    }
}
