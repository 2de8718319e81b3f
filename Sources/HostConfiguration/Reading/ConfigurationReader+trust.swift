import YAML

/// What libraries have to be: `trust`, of the host and of single plugins, and `lock`.
extension ConfigurationReader {
    mutating func trust(_ node: ConfigurationNode) -> TrustConfiguration {
        let members = members(of: node, known: ConfigurationKeys.trust)
        var trust = TrustConfiguration()
        if let node = members["require"] {
            trust.require = choice(node, TrustConfiguration.Requirement.self) ?? trust.require
        }
        if let node = members["keys"] {
            trust.keys = entries(of: node).compactMap { name, _, value in
                signerKey(value).map { TrustConfiguration.Key(name: name, text: $0) }
            }
        }
        return trust
    }

    /// What one plugin says; `keys` are the names there are.
    mutating func pluginTrust(_ node: ConfigurationNode, keys: [String]) -> PluginTrustConfiguration {
        let members = members(of: node, known: ConfigurationKeys.pluginTrust)
        var trust = PluginTrustConfiguration()
        if let node = members["require"] { trust.require = choice(node, TrustConfiguration.Requirement.self) }
        if let node = members["signed_by"] {
            let names = node.node.sequence == nil ? [node] : elements(node)
            for element in names {
                guard let name = string(element, expected: "the name of a key under trust.keys") else {
                    continue
                }
                if keys.contains(name) {
                    trust.signedBy.append(name)
                } else {
                    fault(
                        element,
                        expected: "the name of a key under trust.keys",
                        hint: ConfigurationKeys.hint(for: name, among: keys)
                    )
                }
            }
            if trust.require == TrustConfiguration.Requirement.none {
                fault(node, expected: "no signed_by beside require: none", found: "both")
            }
        }
        if let node = members["digest"] {
            trust.digest = value(
                node,
                expected: "sha256: and 64 hexadecimal digits, as sha256sum and roost plan tell them"
            ) { text in
                text.hasPrefix("sha256:") && Self.isHexadecimal(text.dropFirst(7), count: 64)
                    ? String(text.dropFirst(7)) : nil
            }
        }
        return trust
    }

    /// A signature that nobody can give would keep every plugin from starting.
    mutating func checkTrust(_ configuration: HostConfiguration, _ node: ConfigurationNode?) {
        guard let node, configuration.trust.keys.isEmpty else { return }
        let needs = configuration.plugins.filter { plugin in
            plugin.trust.digest == nil && (plugin.trust.require ?? configuration.trust.require) == .all
        }
        guard let first = needs.first else { return }
        fault(
            node,
            expected: "a key under trust.keys, or a digest at each plugin",
            found: "neither for \(first.alias)",
            hint: "make one with: roost plugin keygen"
        )
    }

    /// `off`, or a file.
    mutating func lock(_ node: ConfigurationNode) -> LockConfiguration? {
        let expected = "a file such as host.lock, or off"
        guard let text = value(node, expected: expected, { $0.isEmpty ? nil : $0 }) else { return nil }
        guard text != "off" else { return LockConfiguration(use: .off, path: defaultLock) }
        return LockConfiguration(use: .required, path: ConfigurationFile.absolute(text, in: folder))
    }

    /// The lock beside the file: host.lock for host.yaml.
    var defaultLock: String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return "\(folder)/\(stem).lock"
    }

    private mutating func signerKey(_ node: ConfigurationNode) -> String? {
        let expected = "a public key, ed25519: and 64 hexadecimal digits, as roost plugin keygen tells it"
        guard let text = string(node, expected: expected) else { return nil }
        if text.hasPrefix("ed25519-secret:") {
            // Said without the text: a message ends up in logs.
            fault(
                node,
                expected: expected,
                found: "a secret key",
                hint: "write the line of its .pub file, and replace the key: it has been in a configuration"
            )
            return nil
        }
        guard text.hasPrefix("ed25519:"), Self.isHexadecimal(text.dropFirst(8), count: 64) else {
            fault(node, expected: expected)
            return nil
        }
        return text
    }

    private static func isHexadecimal(_ text: Substring, count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
