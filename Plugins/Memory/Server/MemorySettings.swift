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

    /// Reads the config.
    ///
    /// - Parameters:
    ///   - config: The plugin's `config:`, an object.
    ///   - dataDirectory: Relative paths start here.
    ///   - environment: The process's variables; only MEMORY_FILE_PATH is looked at.
    /// - Throws: ``MemorySettingsError`` for an unknown key or a value that is no path.
    package init(
        _ config: JSONValue,
        dataDirectory: String,
        environment: [String: String]
    ) throws(MemorySettingsError) {
        let known = ["import", "export", Self.upstreamKey]
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
    }

    private static let upstreamKey = "MEMORY_FILE_PATH"

    /// Early releases of upstream wrote memory.json; it is read where memory.jsonl is absent, and left where it is.
    private static func withLegacyName(_ path: String) -> [String] {
        path.hasSuffix("/memory.jsonl") ? [path, String(path.dropLast())] : [path]
    }
}
