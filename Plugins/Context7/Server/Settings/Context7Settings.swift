package import RoostJSON

/// What the operator's config says, checked, with every path absolute.
package struct Context7Settings: Sendable, Hashable {
    /// Where the service answers, without a slash at the end; nil: it is never asked.
    package var service: String?
    /// How long an answer of the service is given again without asking.
    ///
    /// Default five minutes.
    package var freshFor: Duration = .seconds(300)
    /// How old an answer may be that stands in while the service cannot be asked.
    ///
    /// Default seven days.
    package var staleFor: Duration = .seconds(7 * 86_400)
    /// Libraries on this machine, in the order of the config.
    package var libraries: [LibrarySettings] = []
    /// How often their files are looked at for changes.
    ///
    /// Default ten seconds.
    package var refresh: Duration = .seconds(10)
    /// The folder of the embedding model; nil: words only.
    package var model: String?
    /// Cores that compute the vectors of passages.
    ///
    /// Default one: calls go on beside it.
    package var cores = 1
    /// True when the operator named the folder, so that its absence is worth a warning.
    package var namesModel = false
    /// The SQLite file of answers and libraries.
    package var databasePath: String

    /// Where the service answers when nobody says otherwise.
    package static let publicService = "https://context7.com/api"

    /// Reads the config.
    ///
    /// - Parameters:
    ///   - config: The plugin's `config:`, an object.
    ///   - dataDirectory: Relative paths start here.
    ///   - environment: The process's variables; CONTEXT7_API_URL is looked at.
    /// - Throws: ``SettingsError`` for an unknown key or a value that cannot be used.
    package init(
        _ config: JSONValue,
        dataDirectory: String,
        environment: [String: String]
    ) throws(SettingsError) {
        databasePath = "\(dataDirectory)/context7.sqlite"
        service = Self.publicService
        if let url = environment["CONTEXT7_API_URL"], !url.isEmpty {
            service = try Self.address(.string(url), "CONTEXT7_API_URL")
        }
        model = "\(dataDirectory)/model"
        let known = ["api", "cache", "libraries", "refresh", "embedding"]
        for (key, value) in config.object?.members ?? [] {
            switch key {
            case "api": service = try Self.address(value, key)
            case "cache": try readCache(value)
            case "libraries": libraries = try Self.libraries(value, in: dataDirectory)
            case "refresh": refresh = try Self.duration(value, key)
            case "embedding": try readEmbedding(value, dataDirectory)
            default: throw .unknownKey(key, known: known)
            }
        }
        if refresh < .milliseconds(100) { refresh = .milliseconds(100) }
    }

    private mutating func readCache(_ value: JSONValue) throws(SettingsError) {
        guard let object = value.object else {
            throw .malformed("cache", expected: "{ ttl: 5m, stale: 7d }", found: value.text)
        }
        for (key, value) in object.members {
            switch key {
            case "ttl": freshFor = try Self.duration(value, "cache.ttl")
            case "stale": staleFor = try Self.duration(value, "cache.stale")
            default: throw .unknownKey("cache.\(key)", known: ["cache.ttl", "cache.stale"])
            }
        }
    }

    private mutating func readEmbedding(_ value: JSONValue, _ dataDirectory: String) throws(SettingsError) {
        if value.string == "off" || value.bool == false {
            model = nil
            return
        }
        guard let object = value.object else {
            throw .malformed("embedding", expected: "off, or { model: <folder> }", found: value.text)
        }
        for (key, value) in object.members {
            switch key {
            case "model":
                guard let folder = value.string, !folder.isEmpty, !folder.utf8.contains(0) else {
                    throw .malformed("embedding.model", expected: "the path of a folder", found: value.text)
                }
                model = Self.absolute(folder, in: dataDirectory)
                namesModel = true
            case "cores":
                guard let number = value.integer, (1...256).contains(number) else {
                    throw .malformed("embedding.cores", expected: "a number from 1 to 256", found: value.text)
                }
                cores = Int(number)
            default: throw .unknownKey("embedding.\(key)", known: ["embedding.model", "embedding.cores"])
            }
        }
    }

    private static func address(_ value: JSONValue, _ key: String) throws(SettingsError) -> String? {
        if value.string == "off" || value.bool == false { return nil }
        guard let text = value.string, text.hasPrefix("https://") || text.hasPrefix("http://"),
            !text.contains("?"), !text.contains("#")
        else {
            throw .malformed(
                key,
                expected: "off, or an address such as \(publicService)",
                found: value.text
            )
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func libraries(
        _ value: JSONValue,
        in folder: String
    ) throws(SettingsError) -> [LibrarySettings] {
        guard let object = value.object else {
            throw .malformed(
                "libraries",
                expected: "{ /owner/name: <folder or file> }",
                found: value.text
            )
        }
        var libraries: [LibrarySettings] = []
        for (id, value) in object.members {
            let library = try LibrarySettings(id, value, in: folder)
            if libraries.contains(where: { $0.id.isSameLibrary(as: library.id) }) {
                throw .malformed("libraries", expected: "each id once", found: "\(id) twice")
            }
            libraries.append(library)
        }
        return libraries
    }

    private static func duration(_ value: JSONValue, _ key: String) throws(SettingsError) -> Duration {
        guard let text = value.string, let duration = DurationText.read(text) else {
            throw .malformed(key, expected: "a time such as 500ms, 10s, 5m, 2h or 7d", found: value.text)
        }
        return duration
    }

    static func absolute(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }
}
