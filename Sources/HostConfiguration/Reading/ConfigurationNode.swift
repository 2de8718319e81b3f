import Yams

/// A node of the file and the path of keys that leads to it.
struct ConfigurationNode {
    let node: Node
    let path: String

    /// The text as it stands in the file, or what kind of thing stands there, for a message.
    var excerpt: String {
        switch node {
        case .scalar(let scalar):
            if scalar.string.isEmpty { return "nothing" }
            let isLong = scalar.string.count > 64
            return "\"" + (isLong ? String(scalar.string.prefix(64)) + "…" : scalar.string) + "\""
        case .mapping: return "a mapping"
        case .sequence: return "a list"
        case .alias: return "an alias"
        }
    }

    /// A node below this one.
    func child(_ node: Node, _ key: String) -> ConfigurationNode {
        ConfigurationNode(node: node, path: path.isEmpty ? key : "\(path).\(key)")
    }
}
