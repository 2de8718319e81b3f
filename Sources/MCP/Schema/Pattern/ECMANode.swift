/// A part of a regular expression of ECMA-262.
indirect enum ECMANode: Sendable {
    case set(ScalarSet)
    case sequence([ECMANode])
    case alternatives([ECMANode])
    case group(ECMANode, name: String?)
    case repeated(ECMANode, least: Int, most: Int?)
    case start
    case end
    /// `\b` (true) or `\B` (false).
    case boundary(Bool)
    /// A look ahead or behind; the opening is one of `(?=`, `(?!`, `(?<=` and `(?<!`.
    case look(opening: String, ECMANode)
    /// `\1` or `\k<name>`, as it was written.
    case reference(String)
}

extension ECMANode {
    /// The same expression as Swift's Regex reads it.
    var swiftText: String {
        switch self {
        case .set(let set): set.swiftText
        case .sequence(let nodes): nodes.map(\.swiftText).joined()
        case .alternatives(let nodes): "(?:" + nodes.map(\.swiftText).joined(separator: "|") + ")"
        case .group(let node, let name): (name.map { "(?<\($0)>" } ?? "(") + node.swiftText + ")"
        case .repeated(let node, let least, let most):
            "(?:\(node.swiftText))"
                + (most == least ? "{\(least)}" : "{\(least),\(most.map(String.init) ?? "")}")
        case .start: #"\A"#
        case .end: #"\z"#
        case .boundary(let isOne): isOne ? #"\b"# : #"\B"#
        case .look(let opening, let node): opening + node.swiftText + ")"
        case .reference(let text): text
        }
    }
}
