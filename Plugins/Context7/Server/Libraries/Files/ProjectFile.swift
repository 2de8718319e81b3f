import RoostJSON

/// A project's own context7.json, in the published form: what of it is documentation, and what its users should know.
struct ProjectFile: Sendable, Equatable {
    var title: String?
    var summary: String?
    var folders: [String] = []
    var excludedFolders: [String] = []
    var excludedFiles: [String] = []
    /// Sentences that answers begin with.
    var rules: [String] = []
    /// The tags that are versions; empty: all of them.
    var previousVersions: [String] = []

    /// Bytes of a file that is looked at.
    static let largest = 1 << 20

    /// No file.
    init() {}

    /// - Throws: A sentence when the text is no such file.
    init(parsing bytes: [UInt8]) throws(ProjectFileFault) {
        guard let value = try? JSONValue(parsing: bytes), let object = value.object else {
            throw ProjectFileFault(reason: "expected a JSON object, found something else")
        }
        title = object["projectTitle"]?.string
        summary = object["description"]?.string
        folders = Self.texts(object["folders"])
        excludedFolders = Self.texts(object["excludeFolders"])
        excludedFiles = Self.texts(object["excludeFiles"])
        rules = Self.texts(object["rules"])
        previousVersions = (object["previousVersions"]?.array ?? []).compactMap { $0["tag"]?.string }
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        (value?.array ?? []).compactMap(\.string).filter { !$0.isEmpty }
    }
}

/// Why a context7.json was not taken.
struct ProjectFileFault: Error, Equatable { var reason: String }
