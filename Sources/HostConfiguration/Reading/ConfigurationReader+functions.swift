import FunctionDeclarations
import RoostJSON
import YAML

/// `types` and `functions` of a plugin, which make a C library one.
extension ConfigurationReader {
    mutating func readFunctions(
        _ members: [String: ConfigurationNode],
        into plugin: inout PluginConfiguration
    ) {
        guard let functions = members["functions"] else {
            if let types = members["types"] {
                fault(types, expected: "the key \"functions\" beside it", found: "none")
            }
            return
        }
        if let config = members["config"] {
            fault(
                config,
                expected: "no config beside functions, which are the whole configuration",
                found: "one"
            )
        }
        if let process = members["process"], plugin.process == .host {
            fault(
                process,
                expected: "own or the name of a group: a wrong declaration crashes the process it runs in",
                hint: "leave process out for a cell of its own"
            )
        }
        let declared: JSONObject = ["functions": json(functions)]
        var config = declared
        config["types"] = members["types"].map { json($0) }
        var reader = DeclarationReader()
        let declaration = reader.read(types: config["types"], functions: config["functions"] ?? [:])
        for found in reader.faults {
            let node = Self.node(at: found.path, in: members)
            fault(node ?? functions, expected: found.expected, found: found.found)
        }
        plugin.functions = ForeignLibrary(
            name: plugin.library,
            symbols: declaration.symbols.compactMap { symbol in
                Self.node(at: symbol.path, in: members).map {
                    ForeignLibrary.Symbol(name: symbol.name, place: place($0.node.mark), keyPath: $0.path)
                }
            }
        )
        plugin.library = ForeignLibrary.adapter
        plugin.config = .object(config)
        // Most C libraries are not safe for several calls at once; whose is says so.
        if !(members["limits"]?.node.mapping?.contains { $0.key.scalar?.text == "concurrency" } ?? false) {
            plugin.limits.concurrency = 1
        }
    }

    /// The node a path leads to, or the last one on the way that is there.
    private static func node(
        at path: [DeclarationStep],
        in members: [String: ConfigurationNode]
    ) -> ConfigurationNode? {
        guard case .key(let first)? = path.first, var node = members[first] else { return nil }
        for step in path.dropFirst() {
            switch step {
            case .key(let key):
                guard let value = node.node.mapping?.first(where: { $0.key.scalar?.text == key })?.value
                else {
                    return node
                }
                node = node.child(value, key)
            case .index(let index):
                guard let elements = node.node.sequence, elements.indices.contains(index) else { return node }
                node = ConfigurationNode(node: elements[index], path: "\(node.path)[\(index)]")
            }
        }
        return node
    }
}
