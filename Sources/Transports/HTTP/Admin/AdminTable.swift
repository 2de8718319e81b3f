package import Telemetry

/// The administrative actions of a host, by method and address.
package struct AdminTable: Sendable {
    /// What a request's method and path come to.
    enum Match: Sendable {
        case action(AdminAction, alias: String)
        /// The address is there, with other methods: those for Allow.
        case otherMethods(String)
        case unknown
    }

    private struct Entry: Sendable {
        let segments: [Substring]
        let action: AdminAction
    }

    private let entries: [Entry]

    /// `audit`: takes down what operators did; nil: nobody does.
    package init(_ actions: [AdminAction], audit: AuditTrail? = nil) {
        entries = actions.map { action in
            Entry(
                segments: Self.segments(of: action.path),
                action: audit.map { action.audited(by: $0) } ?? action
            )
        }
    }

    /// Finds the action for a request target; the query does not matter.
    func match(_ method: String, _ target: String) -> Match {
        let segments = Self.segments(of: target.prefix { $0 != "?" })
        var others: [String] = []
        for entry in entries {
            guard let alias = Self.alias(in: segments, by: entry.segments) else { continue }
            if entry.action.method.rawValue == method { return .action(entry.action, alias: alias) }
            others.append(entry.action.method.rawValue)
        }
        return others.isEmpty ? .unknown : .otherMethods(others.joined(separator: ", "))
    }

    private static func segments(of path: some StringProtocol) -> [Substring] {
        Substring(path).split(separator: "/", omittingEmptySubsequences: false)
    }

    /// What stands at the place of `<alias>`, empty when there is none; nil when the path is another one.
    private static func alias(in path: [Substring], by pattern: [Substring]) -> String? {
        guard path.count == pattern.count else { return nil }
        var alias = ""
        for (found, expected) in zip(path, pattern) {
            if expected == "<alias>" {
                guard let text = decoded(found), !text.isEmpty else { return nil }
                alias = text
            } else if found != expected {
                return nil
            }
        }
        return alias
    }

    /// The text of a segment of a path; nil when its percent signs are no encoding.
    private static func decoded(_ segment: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(segment.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
