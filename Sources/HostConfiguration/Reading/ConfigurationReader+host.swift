import YAML

/// The sections of the host itself.
extension ConfigurationReader {
    mutating func readRoot(_ node: ConfigurationNode, into configuration: inout HostConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.root)
        configuration.sections = sections(members)
        if let node = members["listen"] {
            let expected = "an address such as 127.0.0.1:8000, [::1]:8000 or :8000"
            configuration.listen = value(node, expected: expected, ListenAddress.init) ?? configuration.listen
        }
        if let node = members["admin_listen"] { configuration.adminListen = adminAddress(node) }
        if let node = members["stop_grace"] {
            configuration.stopGrace = duration(node) ?? configuration.stopGrace
        }
        if let node = members["crash_reports"] {
            configuration.crashReports = integer(node, in: 0...10_000) ?? configuration.crashReports
        }
        if let node = members["answers"] { readKeptFiles(node, into: &configuration.answers) }
        if let node = members["images"] { readKeptFiles(node, into: &configuration.images) }
        if let node = members["data"], let path = string(node, expected: "a folder") {
            configuration.data = ConfigurationFile.absolute(path, in: folder)
        }
        if let node = members["plugins_path"] {
            configuration.pluginsPath = strings(node).map { ConfigurationFile.absolute($0, in: folder) }
        }
        if let node = members["tool_separator"] {
            let expected = "one or two of the characters _ - ."
            configuration.toolSeparator =
                value(node, expected: expected, Self.separator) ?? configuration.toolSeparator
        }
        if let node = members["trust"] { configuration.trust = trust(node) }
        signers = configuration.trust.keys.map(\.name)
        if let node = members["lock"] { configuration.lock = lock(node) ?? configuration.lock }
        if let node = members["plugins"] {
            configuration.plugins = plugins(node, separator: configuration.toolSeparator)
        } else if node.node.mapping != nil {
            fault(node, expected: "the key \"plugins\"", found: "no plugin")
        }
        checkTrust(configuration, members["trust"])
        if let node = members["bundles"] {
            configuration.bundles = bundles(node, configuration.plugins.map(\.alias))
        }
        if let node = members["state_keys"] {
            configuration.stateKeys = elements(node).compactMap { stateKey($0) }
        }
        if let node = members["auth"] { configuration.auth = auth(node) }
        if let node = members["http"] { readHTTP(node, into: &configuration.http) }
        if let node = members["http_client"] { configuration.outbound = outbound(node) }
        if let node = members["log"] { readLog(node, into: &configuration.log) }
        if let node = members["access_log"] { configuration.accessLog = accessLog(node) }
        if let node = members["tracing"] { configuration.tracing = tracing(node) }
        if let node = members["cache"] { readCache(node, into: &configuration.cache) }
        if let node = members["deploy"] { configuration.deploy = deploy(node) }
        if let node = members["legacy_streams"] {
            configuration.legacyStreams =
                choice(node, Switch.self).map { $0 == .on } ?? configuration.legacyStreams
        }
        if let node = members["page_size"] { configuration.pageSize = integer(node, in: 1...10_000) ?? 100 }
        if let node = members["redis"] { readRedis(node, into: &configuration.redis) }
        checkCache(configuration.cache, members["cache"], hasRedis: configuration.redis.url != nil)
        if let node = members["work"] {
            readWork(node, hasRedis: configuration.redis.url != nil, into: &configuration.work)
        }
        if let node = members["tasks"] { readTasks(node, into: &configuration.tasks) }
        if let node = members["limits"] { readHostLimits(node, into: &configuration.limits) }
        if let node = members["queue"] { readQueue(node, into: &configuration.queue) }
        if let node = members["rate_limits"] {
            readRateLimits(node, plugins: configuration.plugins.map(\.alias), into: &configuration.rateLimits)
        }
        configuration.rateLimits.rules += configuration.plugins.flatMap(\.rateLimits)
        if let node = members["jobs"] { readJobs(node, into: &configuration.jobs) }
        if let node = members["state_ttl"] {
            configuration.stateTTL = duration(node) ?? configuration.stateTTL
        }
        if let node = members["confinement"] {
            configuration.confinement = choice(node, ConfinementChoice.self) ?? configuration.confinement
        }
        if let node = members["session"] {
            let members = self.members(of: node, known: ConfigurationKeys.session)
            if let node = members["ttl"] {
                configuration.sessionTTL = duration(node) ?? configuration.sessionTTL
            }
        }
    }

    private mutating func readKeptFiles(
        _ node: ConfigurationNode,
        into files: inout KeptFilesConfiguration
    ) {
        let members = members(of: node, known: ConfigurationKeys.keptFiles)
        if let node = members["keep"], let time = duration(node) {
            files.keep = time
            if time < .seconds(3_600) {
                fault(
                    node,
                    expected: "at least 1h, because other hosts say only from time to time what they use",
                    found: "less",
                    hint: "set keep: 7d"
                )
            }
        }
        if let node = members["size"] { files.size = bytes(node, atLeast: 1 << 20) ?? files.size }
    }

    private mutating func adminAddress(_ node: ConfigurationNode) -> AdminAddress? {
        let folder = folder
        return value(node, expected: "an address such as 127.0.0.1:9000, or unix: and a path") { text in
            guard text.hasPrefix("unix:") else { return ListenAddress(text).map { .tcp($0) } }
            let path = String(text.dropFirst(5))
            return path.isEmpty ? nil : .unix(ConfigurationFile.absolute(path, in: folder))
        }
    }

    private static func separator(_ text: String) -> String? {
        (1...2).contains(text.count) && text.utf8.allSatisfy { "_-.".utf8.contains($0) } ? text : nil
    }

    private mutating func bundles(_ node: ConfigurationNode, _ aliases: [String]) -> [String: [String]] {
        var bundles: [String: [String]] = [:]
        for (name, _, value) in entries(of: node) {
            var chosen: [String] = []
            for element in elements(value) {
                guard let alias = string(element) else { continue }
                if aliases.contains(alias) {
                    chosen.append(alias)
                } else {
                    fault(
                        element,
                        expected: "the alias of a plugin",
                        hint: ConfigurationKeys.hint(for: alias, among: aliases)
                    )
                }
            }
            bundles[name] = chosen
        }
        return bundles
    }

    private mutating func stateKey(_ node: ConfigurationNode) -> StateKey? {
        let expected = "a secret of at least \(StateKey.minimumCount) bytes"
        guard let text = string(node, expected: expected) else { return nil }
        guard let key = StateKey(text) else {
            fault(
                node,
                expected: expected,
                found: "\(text.utf8.count) bytes",
                hint: "make one with: openssl rand -hex 32"
            )
            return nil
        }
        return key
    }

    private mutating func readHTTP(_ node: ConfigurationNode, into http: inout HTTPConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.http)
        if let node = members["max_body"], let size = bytes(node, atLeast: 1_024) {
            http.maxBody = size
            if size > 128 << 20 {
                fault(
                    node,
                    expected: "at most 128MiB, because a call travels to its plugin in one piece",
                    found: "more",
                    hint: "keep the default, 30MB, or hand large things over as links"
                )
            }
        }
        if let node = members["allowed_origins"] { http.allowedOrigins = strings(node) }
        if let node = members["allowed_hosts"] { http.allowedHosts = strings(node) }
        if let node = members["keep_alive"] { http.keepAlive = duration(node) ?? http.keepAlive }
        if let node = members["idle_timeout"] { http.idleTimeout = duration(node) ?? http.idleTimeout }
    }

    private mutating func readLog(_ node: ConfigurationNode, into log: inout LogConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.log)
        if let node = members["level"] { log.level = choice(node, LogConfiguration.Level.self) ?? log.level }
        if let node = members["format"] {
            log.format = choice(node, LogConfiguration.Format.self) ?? log.format
        }
    }
}
