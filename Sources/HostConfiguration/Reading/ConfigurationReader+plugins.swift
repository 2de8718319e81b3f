import RoostJSON
import YAML

/// The section `plugins`.
extension ConfigurationReader {
    mutating func plugins(_ node: ConfigurationNode, separator: String) -> [PluginConfiguration] {
        var plugins: [PluginConfiguration] = []
        for (alias, mark, value) in entries(of: node) {
            if !Self.isName(alias) || alias.contains(separator) {
                fault(
                    at: mark,
                    value.path,
                    expected: "an alias of letters, digits and hyphens that begins with a letter"
                        + (separator == "_" ? "" : " and does not contain \"\(separator)\""),
                    found: "\"\(alias)\""
                )
            }
            if alias == "admin" {
                fault(
                    at: mark,
                    value.path,
                    expected: "another alias than the word for the scope of operators",
                    found: "\"admin\""
                )
            }
            if let plugin = plugin(alias, value, mark) { plugins.append(plugin) }
        }
        return plugins
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    private mutating func plugin(
        _ alias: String,
        _ node: ConfigurationNode,
        _ mark: YAMLMark?
    ) -> PluginConfiguration? {
        let members = members(of: node, known: ConfigurationKeys.plugin)
        var plugin = PluginConfiguration(
            alias: alias,
            library: "",
            libraryPlace: place(members["library"]?.node.mark ?? mark)
        )
        if let node = members["library"] {
            plugin.library = library(node) ?? ""
        } else if node.node.mapping != nil || node.node.scalar?.text.isEmpty ?? false {
            fault(
                at: mark,
                node.path,
                expected: "the key \"library\" with a file such as libEcho.so",
                found: "none"
            )
        }
        if let node = members["process"] { plugin.process = process(node) ?? plugin.process }
        if let node = members["start"] { plugin.start = choice(node, PluginStart.self) ?? plugin.start }
        if let node = members["config"] { plugin.config = config(node) }
        if let node = members["secrets"] { plugin.secrets = secrets(node) }
        if let node = members["header_secrets"] { plugin.outbound.headerSecrets = secrets(node) }
        readOutbound(members, into: &plugin.outbound)
        if let node = members["limits"] { readLimits(node, into: &plugin.limits) }
        if let node = members["restart"] { readRestart(node, into: &plugin.restart) }
        if let node = members["reload"] { plugin.reload = choice(node, PluginReload.self) ?? plugin.reload }
        if let node = members["probation"] { plugin.probation = duration(node) ?? plugin.probation }
        if let node = members["cache"] { plugin.cache = toolCaches(node) }
        if let node = members["tools"] { readTools(node, into: &plugin.tools) }
        plugin.sections = sections(members)
        if let node = members["deadlines"] { plugin.deadlines = deadlines(node) }
        if let node = members["rate_limits"] { plugin.rateLimits = rateLimits(node, of: alias) }
        if let node = members["retries"] { readRetries(node, into: &plugin.retries) }
        if let node = members["breaker"] { readBreaker(node, into: &plugin.breaker) }
        readGrants(members, into: &plugin.grants)
        if let node = members["confinement"] { plugin.confinement = choice(node, ConfinementChoice.self) }
        if let node = members["trust"] { plugin.trust = pluginTrust(node, keys: signers) }
        readFunctions(members, into: &plugin)
        return plugin
    }

    /// A bare name stays one; a path becomes absolute.
    private mutating func library(_ node: ConfigurationNode) -> String? {
        let text = value(node, expected: "a file such as libEcho.so") {
            $0.isEmpty || $0.hasSuffix("/") ? nil : $0
        }
        return text.map { $0.contains("/") ? ConfigurationFile.absolute($0, in: folder) : $0 }
    }

    private mutating func process(_ node: ConfigurationNode) -> PluginProcess? {
        value(node, expected: "own, host, or the name of a group (letters, digits and hyphens)") { text in
            switch text {
            case "own": .own
            case "host": .host
            default: Self.isName(text) ? .group(text) : nil
            }
        }
    }

    private mutating func secrets(_ node: ConfigurationNode) -> [String] {
        elements(node).compactMap { element in
            value(element, expected: "the name of an environment variable") { text in
                let isName = text.utf8.allSatisfy { byte in
                    Self.isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
                }
                return isName && !text.isEmpty ? text : nil
            }
        }
    }

    private mutating func readLimits(_ node: ConfigurationNode, into limits: inout PluginLimits) {
        let members = members(of: node, known: ConfigurationKeys.limits)
        if let node = members["concurrency"] { limits.concurrency = integer(node, in: 1...100_000) ?? 32 }
        if let node = members["queue"] { limits.queue = integer(node, in: 0...1_000_000) ?? 256 }
        if let node = members["deadline"] { limits.deadline = duration(node) ?? limits.deadline }
        if let node = members["memory"] { limits.memory = bytes(node, atLeast: 1 << 20) }
        if let node = members["hang_grace"] { limits.hangGrace = duration(node) ?? limits.hangGrace }
        if let node = members["open_files"] { limits.openFiles = integer(node, in: 16...1_000_000) }
        if let node = members["processes"] { limits.processes = integer(node, in: 1...1_000_000) }
        if let node = members["cpu"] { limits.cpu = cpuTime(node) }
    }

    private mutating func readRestart(_ node: ConfigurationNode, into restart: inout PluginRestart) {
        let members = members(of: node, known: ConfigurationKeys.restart)
        if let node = members["max"] { restart.max = integer(node, in: 0...1_000) ?? restart.max }
        if let node = members["within"] { restart.within = duration(node) ?? restart.within }
        if let node = members["backoff"] {
            let expected = "two durations longer than 0, the shorter first, such as 100ms..10s"
            restart.backoff = value(node, expected: expected, Self.backoff) ?? restart.backoff
        }
    }

    private static func backoff(_ text: String) -> ClosedRange<Duration>? {
        // A single dot may belong to a number: 1.5s..10s.
        for place in text.indices where text[place...].hasPrefix("..") {
            guard let least = Quantity.duration(String(text[..<place])),
                let most = Quantity.duration(String(text[place...].dropFirst(2))),
                least > .zero, least <= most
            else { return nil }
            return least...most
        }
        return nil
    }

    private mutating func readTools(_ node: ConfigurationNode, into tools: inout ToolSelection) {
        let members = members(of: node, known: ConfigurationKeys.tools)
        if let node = members["allow"] { tools.allow = strings(node) }
        if let node = members["deny"] { tools.deny = strings(node) }
        if let node = members["rename"] {
            for (name, _, value) in entries(of: node) {
                let expected = "a tool's name of letters, digits, _ - and ."
                tools.rename[name] = self.value(value, expected: expected) { text in
                    let isName = text.utf8.allSatisfy { byte in
                        Self.isLetter(byte) || (0x30...0x39).contains(byte) || "_-.".utf8.contains(byte)
                    }
                    return isName && (1...128).contains(text.utf8.count) ? text : nil
                }
            }
        }
    }

    // MARK: config

    private mutating func config(_ node: ConfigurationNode) -> JSONValue {
        if node.node.mapping == nil,
            node.node.scalar.map({ $0.isText || !$0.text.isEmpty }) ?? true
        {
            fault(node, expected: "a mapping")
            return .object([:])
        }
        return node.node.mapping == nil ? .object([:]) : json(node)
    }

    /// What stands under each key, with variables replaced.
    ///
    /// Faults in it are named by whoever reads the key for what it means.
    mutating func sections(_ members: [String: ConfigurationNode]) -> [String: JSONValue] {
        withoutFaults { reader in members.mapValues { reader.json($0) } }
    }

    /// Any YAML as JSON.
    ///
    /// A plain scalar is null, a boolean or a number when it reads like one after its variables were
    /// replaced; a quoted one is always a text.
    mutating func json(_ node: ConfigurationNode) -> JSONValue {
        switch node.node.content {
        case .mapping:
            return .object(JSONObject(entries(of: node).map { ($0.key, json($0.value)) }))
        case .sequence: return .array(elements(node).map { json($0) })
        case .scalar(let scalar):
            guard let text = expand(scalar, of: node) else { return .null }
            return scalar.isText ? .string(text) : YAMLScalar.value(ofPlain: text)
        }
    }
}
