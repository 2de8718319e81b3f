package import RoostJSON

/// What the operator's config says, checked, with every path absolute.
package struct MemorySettings: Sendable, Hashable {
    /// The SQLite file.
    package let databasePath: String
    /// The files to import at start, in the order they are looked for; the first that exists counts.
    package let importPaths: [String]
    /// True when the operator named the import, so that its absence is worth a warning.
    package let namesImport: Bool
    /// The file kept up to date; nil: none.
    package let exportPath: String?
    /// The file of memories to import at start, as JSON lines, or the original platform's folder; nil: none.
    package let memoriesImportPath: String?
    /// Where vectors come from.
    package let embedding: EmbeddingSettings
    /// The name of the namespace all principals share; nil: each sees only its own.
    package let sharedNamespace: String?
    /// The 32 bytes that contents are sealed with, as the environment has them; nil: they lie as they are.
    package let encryptionSecret: String?
    /// How much a memory may hold.
    package let limits: MemoryLimits
    /// Passages of a namespace up to which every one is looked at; beyond, a graph proposes which to look at.
    ///
    /// Default 200,000.
    package let exactUpTo: Int
    /// Threads that compute the vectors of a batch.
    package var cores = Cores.available
    /// The machine a lease is taken for; nil: this one.
    package var machine: String?

    /// Reads the config.
    ///
    /// - Parameters:
    ///   - config: The plugin's `config:`, an object.
    ///   - dataDirectory: Relative paths start here.
    ///   - environment: The process's variables; MEMORY_FILE_PATH and the secret of `encryption` are looked at.
    /// - Throws: ``MemorySettingsError`` for an unknown key or a value that is no path.
    package init(
        _ config: JSONValue,
        dataDirectory: String,
        environment: [String: String]
    ) throws(MemorySettingsError) {
        let known = [
            "import", "export", "import_memories", "embedding", "shared", "encryption", "limits",
            "exact_up_to",
            Self.upstreamKey,
        ]
        for key in config.object?.keys ?? [] where !known.contains(key) {
            throw MemorySettingsError.unknownKey(key, known: known)
        }
        func path(_ key: String) throws(MemorySettingsError) -> String? {
            guard let value = config[key] else { return nil }
            guard let text = value.string, !text.isEmpty, !text.utf8.contains(0) else {
                throw MemorySettingsError.notAPath(key, found: value.text)
            }
            return text.hasPrefix("/") ? text : "\(dataDirectory)/\(text)"
        }
        var upstream = try path(Self.upstreamKey)
        if upstream == nil, let value = environment[Self.upstreamKey], !value.isEmpty {
            upstream = value.hasPrefix("/") ? value : "\(dataDirectory)/\(value)"
        }
        let named = try path("import") ?? upstream
        databasePath = "\(dataDirectory)/memory.sqlite"
        namesImport = named != nil
        importPaths = Self.withLegacyName(named ?? "\(dataDirectory)/memory.jsonl")
        exportPath = try path("export") ?? upstream
        memoriesImportPath = try path("import_memories")
        embedding = try EmbeddingSettings(config["embedding"], dataDirectory: dataDirectory)
        sharedNamespace = try Self.shared(config["shared"])
        encryptionSecret = try Self.secret(config["encryption"], environment)
        limits = try MemoryLimits(config["limits"])
        exactUpTo = try Self.count("exact_up_to", config, default: 200_000)
    }

    private static func count(
        _ key: String,
        _ config: JSONValue,
        default value: Int
    ) throws(MemorySettingsError) -> Int {
        guard let found = config[key] else { return value }
        guard let number = found.integer, number > 0, number <= 1 << 40 else {
            throw .malformed(key, expected: "a whole number above 0", found: found.text)
        }
        return Int(number)
    }

    private static func shared(_ value: JSONValue?) throws(MemorySettingsError) -> String? {
        switch value {
        case nil, .bool(false)?: return nil
        case .bool(true)?: return "all"
        case .string(let name)? where !name.isEmpty && name.utf8.count <= 128: return name
        case let other?: throw .malformed("shared", expected: "true or a name", found: other.text)
        }
    }

    private static func secret(
        _ value: JSONValue?,
        _ environment: [String: String]
    ) throws(MemorySettingsError) -> String? {
        guard let value else { return nil }
        guard let name = value["secret"]?.string, value.object?.count == 1 else {
            throw .malformed("encryption", expected: "{ secret: <NAME> }", found: value.text)
        }
        guard let secret = environment[name], !secret.isEmpty else { throw .missingSecret(name) }
        guard ContentCipher(secret: secret) != nil else { throw .unfitSecret(name) }
        return secret
    }

    private static let upstreamKey = "MEMORY_FILE_PATH"

    /// Early releases of upstream wrote memory.json; it is read where memory.jsonl is absent, and left where it is.
    private static func withLegacyName(_ path: String) -> [String] {
        path.hasSuffix("/memory.jsonl") ? [path, String(path.dropLast())] : [path]
    }
}
