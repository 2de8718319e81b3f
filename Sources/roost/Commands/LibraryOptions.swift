import ArgumentParser
import PluginRuntime
import RoostJSON

/// What commands that try a library without a host.yaml have in common.
struct LibraryOptions: ParsableArguments {
    @Option(help: "The settings of a library, as host.yaml's config would give them: one JSON object.")
    var config: String?

    static let folderFault = "expected a temporary folder that can be written, found none; set TMPDIR to one"

    /// Hands a folder to the body and removes it afterwards.
    func inFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        guard let folder = Folders.makeTemporary("roost-check") else {
            Terminal.complain(Self.folderFault)
            throw ExitCode.failure
        }
        defer { Folders.remove(folder) }
        return try await body(folder)
    }

    /// How a library is tried: by this executable, in a folder.
    func plan(_ file: String, in folder: String) -> PluginTrial.Plan {
        PluginTrial.Plan(library: Self.absolute(file), executable: "/proc/self/exe", folder: folder)
    }

    /// The settings that were given.
    func settings() throws -> JSONObject {
        guard let config else { return [:] }
        guard let object = try? JSONValue(parsing: config).object else {
            Terminal.complain(
                "expected --config to be one JSON object such as '{\"city\":\"Oslo\"}', found: \(config)"
            )
            throw ExitCode(Terminal.badConfiguration)
        }
        return object
    }

    static func absolute(_ file: String) -> String {
        file.hasPrefix("/") ? file : Folders.current + "/" + file
    }
}
