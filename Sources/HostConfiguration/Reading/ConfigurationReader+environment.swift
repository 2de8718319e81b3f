import RoostJSON

/// The environment variables that win over the file. An empty one counts as not set.
extension ConfigurationReader {
    mutating func applyEnvironment(to configuration: inout HostConfiguration) {
        if let text = variable("PORT") {
            if let port = ListenAddress.port(text) {
                configuration.listen.port = port
            } else {
                fault(in: "PORT", expected: "a port from 0 to 65535", found: "\"\(text)\"")
            }
        }
        if let text = variable("HOST") {
            if let host = ListenAddress.host(text) {
                configuration.listen.host = host
            } else {
                fault(in: "HOST", expected: "an address or a name", found: "\"\(text)\"")
            }
        }
        if let path = variable("ROOST_DATA") {
            configuration.data = ConfigurationFile.absolute(path, in: folder)
        }
        applyProbe(to: &configuration)
        if let text = variable("ROOST_STATE_KEYS") {
            configuration.stateKeys = []
            for (offset, part) in text.split(separator: ",").enumerated() {
                if let key = StateKey(String(part)) {
                    configuration.stateKeys.append(key)
                } else {
                    fault(
                        in: "ROOST_STATE_KEYS",
                        expected:
                            "secrets of at least \(StateKey.minimumCount) bytes with commas between them",
                        found: "\(part.utf8.count) bytes in number \(offset + 1)",
                        hint: "make one with: openssl rand -hex 32"
                    )
                }
            }
        }
        if let text = variable("ROOST_AUTH") {
            if text == "platform" {
                var auth = configuration.auth ?? AuthConfiguration()
                auth.platform = auth.platform ?? ["*"]
                configuration.auth = auth
            } else {
                fault(
                    in: "ROOST_AUTH",
                    expected: "platform, which says that a gateway in front has let the caller in",
                    found: "\"\(text)\"",
                    hint: "keys of your own stand in ROOST_API_KEYS"
                )
            }
        }
        if let text = variable("ROOST_API_KEYS") { addKeys(text, to: &configuration) }
        configuration.selection = selection(in: configuration)
    }

    /// The mode, and what it changes about defaults; the file and further variables win over it.
    mutating func applyMode(to configuration: inout HostConfiguration) {
        guard let choice = HostMode.found(in: environment) else {
            let modes = HostMode.allCases.map(\.rawValue).joined(separator: ", ")
            return fault(
                in: "ROOST_MODE",
                expected: "one of \(modes)",
                found: "\"\(environment["ROOST_MODE"] ?? "")\"",
                hint: "leave it out to have the mode found from RunPod's variables"
            )
        }
        configuration.mode = choice
        configuration.legacyStreams = !choice.mode.refusesLegacyStreams
        // RunPod does not say how long it waits between SIGTERM and SIGKILL; Docker waits ten seconds.
        if choice.mode != .local { configuration.stopGrace = .seconds(8) }
        // RunPod's gateway and a Pod's proxy connect from another machine.
        if [.pod, .loadBalancer].contains(choice.mode) { configuration.listen.host = "0.0.0.0" }
        if let volume = choice.mode.volume, ConfigurationFile.isFolder(volume) {
            configuration.data = volume + "/roost"
        }
    }

    private mutating func applyProbe(to configuration: inout HostConfiguration) {
        if let text = variable("PORT_HEALTH") {
            if let port = ListenAddress.port(text) {
                configuration.probe.port = port == configuration.listen.port && port != 0 ? nil : port
            } else {
                fault(in: "PORT_HEALTH", expected: "a port from 0 to 65535", found: "\"\(text)\"")
            }
        }
        if let text = variable("HEALTH_CHECK_PATH") {
            if ProbeConfiguration.isPath(text) {
                configuration.probe.path = text
            } else {
                fault(
                    in: "HEALTH_CHECK_PATH",
                    expected: "a path such as /ping that is no other address of the host",
                    found: "\"\(text)\""
                )
            }
        }
    }

    /// Keys for images without a volume: a JSON list of what `roost key new --print` tells.
    private mutating func addKeys(_ text: String, to configuration: inout HostConfiguration) {
        let expected = "a JSON list of keys as roost key new --print writes them"
        guard let list = (try? JSONValue(parsing: text))?.array else {
            return fault(in: "ROOST_API_KEYS", expected: expected, found: "something else")
        }
        var auth = configuration.auth ?? AuthConfiguration()
        for (offset, key) in list.enumerated() {
            guard let id = key["id"]?.string, let hash = key["hash"]?.string, hash.hasPrefix("hmac-sha256:"),
                let scopes = key["scopes"]?.array?.compactMap(\.string), scopes.allSatisfy(Self.isScope)
            else {
                fault(in: "ROOST_API_KEYS", expected: expected, found: "another number \(offset + 1)")
                continue
            }
            auth.keys.append(
                AuthKeyConfiguration(
                    id: id,
                    principal: key["principal"]?.string ?? id,
                    hash: hash,
                    scopes: scopes,
                    expires: key["expires"]?.integer
                )
            )
        }
        configuration.auth = auth
    }

    /// ROOST_PLUGINS wins over ROOST_BUNDLE, and that over SERVER_TYPE.
    private mutating func selection(in configuration: HostConfiguration) -> [String] {
        let aliases = configuration.plugins.map(\.alias)
        if let text = variable("ROOST_PLUGINS") { return chosen(text, "ROOST_PLUGINS", aliases) }
        if let name = variable("ROOST_BUNDLE") {
            if let bundle = configuration.bundles[name] { return aliases.filter(bundle.contains) }
            fault(
                in: "ROOST_BUNDLE",
                expected: "the name of a bundle",
                found: "\"\(name)\"",
                hint: ConfigurationKeys.hint(for: name, among: configuration.bundles.keys.sorted())
            )
            return []
        }
        if let text = variable("SERVER_TYPE") { return chosen(text, "SERVER_TYPE", aliases) }
        return aliases
    }

    private mutating func chosen(_ text: String, _ variable: String, _ aliases: [String]) -> [String] {
        var chosen: [String] = []
        for part in text.split(separator: ",") {
            let name = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            if aliases.contains(name) {
                chosen.append(name)
            } else {
                fault(
                    in: variable,
                    expected: "the alias of a plugin",
                    found: "\"\(name)\"",
                    hint: ConfigurationKeys.hint(for: name, among: aliases)
                )
            }
        }
        return aliases.filter(chosen.contains)
    }

    private func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func fault(in variable: String, expected: String, found: String, hint: String? = nil) {
        note(
            ConfigurationFault(
                place: .environment(variable),
                keyPath: "",
                expected: expected,
                found: found,
                hint: hint
            )
        )
    }
}
