package import RoostJSON

/// What a plugin may do beyond what every confined plugin may: asked for in its manifest, granted in host.yaml.
package struct PluginPermissions: Sendable, Hashable {
    /// It may start programs.
    ///
    /// Default false.
    package var exec = false
    /// It may open network sockets of its own.
    ///
    /// Default false.
    package var network = false
    /// Absolute paths it may read, with all that is below them.
    ///
    /// Default: none.
    package var read: [String] = []
    /// Absolute paths it may read and change, with all that is below them.
    ///
    /// Default: none.
    package var write: [String] = []

    package init() {}

    package var isEmpty: Bool { self == PluginPermissions() }

    /// What these permissions ask for and `granted` does not give.
    package func missing(from granted: PluginPermissions) -> PluginPermissions {
        var missing = PluginPermissions()
        missing.exec = exec && !granted.exec
        missing.network = network && !granted.network
        let readable = granted.read + granted.write
        missing.read = read.filter { path in !readable.contains { Self.holds($0, path) } }
        missing.write = write.filter { path in !granted.write.contains { Self.holds($0, path) } }
        return missing
    }

    /// Both together.
    package func union(_ other: PluginPermissions) -> PluginPermissions {
        var union = self
        union.exec = exec || other.exec
        union.network = network || other.network
        union.read += other.read.filter { !read.contains($0) }
        union.write += other.write.filter { !write.contains($0) }
        return union
    }

    /// The lines of host.yaml, below the plugin's alias, that grant exactly this.
    package var hostLines: [String] {
        var lines: [String] = []
        if exec { lines.append("exec: allow") }
        if network { lines.append("network: allow") }
        var paths: [String] = []
        if !read.isEmpty { paths.append("read: [\(Self.quoted(read))]") }
        if !write.isEmpty { paths.append("write: [\(Self.quoted(write))]") }
        if !paths.isEmpty { lines.append("paths: { \(paths.joined(separator: ", ")) }") }
        return lines
    }

    /// The shape of the manifest's `permissions`.
    package var json: JSONValue {
        [
            "exec": .bool(exec), "network": .bool(network),
            "paths": [
                "read": .array(read.map { .string($0) }), "write": .array(write.map { .string($0) }),
            ],
        ]
    }

    private static func quoted(_ paths: [String]) -> String {
        paths.map { JSONValue.string($0).text }.joined(separator: ", ")
    }

    private static func holds(_ folder: String, _ path: String) -> Bool {
        folder == "/" || path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }
}

extension PluginFailure {
    /// A plugin asks for what host.yaml does not grant; nil when it has all it asks for.
    ///
    /// The message names the lines to add.
    package init?(ungranted asked: PluginPermissions, to alias: String, granted: PluginPermissions) {
        let missing = asked.missing(from: granted)
        guard !missing.isEmpty else { return nil }
        // A line that stands there already is written whole, so that it can be replaced.
        var lines = missing
        if !missing.read.isEmpty || !missing.write.isEmpty {
            lines.read = granted.read + missing.read
            lines.write = granted.write + missing.write
        }
        self.init(
            .unavailable,
            plugin: alias,
            """
            plugin \(alias) asks in its manifest for what host.yaml does not grant. If you trust it with that, write under \
            plugins.\(alias):
            \(lines.hostLines.map { "    " + $0 }.joined(separator: "\n"))
            """
        )
    }
}
