/// What a plugin is allowed: `exec`, `network` and `paths`.
extension ConfigurationReader {
    mutating func readGrants(_ members: [String: ConfigurationNode], into grants: inout PluginGrants) {
        if let node = members["exec"] { grants.exec = choice(node, PluginGrants.Answer.self) == .allow }
        if let node = members["network"] { grants.network = choice(node, PluginGrants.Answer.self) == .allow }
        guard let node = members["paths"] else { return }
        let paths = self.members(of: node, known: ConfigurationKeys.paths)
        if let node = paths["read"] { grants.read = folders(node) }
        if let node = paths["write"] { grants.write = folders(node) }
    }

    private mutating func folders(_ node: ConfigurationNode) -> [String] {
        let folder = self.folder
        return elements(node).compactMap { element in
            value(element, expected: "a file or a folder such as /usr/share/dict") { text in
                text.isEmpty ? nil : ConfigurationFile.absolute(text, in: folder)
            }
        }
    }

    /// The kernel counts whole seconds.
    mutating func cpuTime(_ node: ConfigurationNode) -> Duration? {
        value(node, expected: "a time of at least 1s such as 30s or 10m") { text in
            Quantity.duration(text).flatMap { $0 >= .seconds(1) ? $0 : nil }
        }
    }
}
