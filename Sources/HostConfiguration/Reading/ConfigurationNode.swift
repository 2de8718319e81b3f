import YAML

/// A node of the file and the path of keys that leads to it.
struct ConfigurationNode {
    let node: YAMLNode
    let path: String

    /// The text as it stands in the file, or what kind of thing stands there, for a message.
    var excerpt: String {
        switch node.content {
        case .scalar(let scalar):
            if scalar.text.isEmpty { return "nothing" }
            let isLong = scalar.text.count > 64
            return "\"" + (isLong ? String(scalar.text.prefix(64)) + "…" : scalar.text) + "\""
        case .mapping: return "a mapping"
        case .sequence: return "a list"
        }
    }

    /// A node below this one.
    func child(_ node: YAMLNode, _ key: String) -> ConfigurationNode {
        ConfigurationNode(node: node, path: path.isEmpty ? key : "\(path).\(key)")
    }
}
