package import PluginRuntime
package import RoostJSON

/// Everything an inspection brought to light about one library.
package struct InspectionReport: Sendable {
    /// The file, as it was named.
    package var library: String
    /// What the file's own tables say; nil when it is no library.
    package var image: LibraryFacts?
    /// What the library says of itself; nil when it could not be loaded, or was not.
    package var description: PluginDescription?
    /// What it serves; nil when there is no manifest that a host would take.
    package var manifest: PluginManifest?
    /// In the order they were made.
    package var findings: [Finding] = []

    package init(library: String) { self.library = library }

    /// The worst of the findings; nil when there are none.
    package var worst: FindingCode.Severity? { findings.map(\.code.severity).max() }

    /// Whether a host would run the plugin: no finding is an error.
    package var isUsable: Bool { worst != .error }

    /// For programs.
    package var json: JSONValue {
        var object: JSONObject = ["file": .string(library), "usable": .bool(isUsable)]
        if let image { object["library"] = image.json }
        if let description { object["abi"] = description.json }
        if let manifest {
            object["id"] = .string(manifest.id)
            object["name"] = .string(manifest.name)
            object["version"] = .string(manifest.version)
            object["tools"] = .array(manifest.tools.map { .string($0.name) })
            object["permissions"] = manifest.permissions.json
        }
        object["findings"] = .array(findings.map(\.json))
        return .object(object)
    }
}

extension PluginDescription {
    /// The verdict about the contract, for programs.
    package var json: JSONValue {
        [
            "major": .integer(Int64(abiMajor)), "minor": .integer(Int64(abiMinor)),
            "fault": abiFault.map { .string($0.clause) } ?? .null,
            "toolchain": descriptor?.toolchain.map { .string($0) } ?? .null,
        ]
    }
}
