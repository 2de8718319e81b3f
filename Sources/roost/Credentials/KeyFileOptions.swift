import ArgumentParser
import HostConfiguration
import PluginRuntime
import Policies

/// The options that say which host's keys are meant.
struct KeyFileOptions: ParsableArguments {
    @Option(name: .long, help: "The host's configuration; keys stand in its data folder.")
    var config = "host.yaml"

    @Option(help: "The host's data folder, instead of a configuration.")
    var data: String?

    /// The file of the keys; its folder is there.
    func file() throws -> APIKeyFile {
        let folder = try data.map { $0.hasPrefix("/") ? $0 : Folders.current + "/" + $0 } ?? configured()
        do throws(Files.Fault) {
            try Files.makeDirectory(folder)
        } catch {
            Terminal.complain("\(error.path): expected a folder that can be written, found: \(error.reason)")
            throw ExitCode.failure
        }
        return APIKeyFile(folder: folder)
    }

    private func configured() throws -> String {
        do throws(ConfigurationFaults) {
            return try HostConfiguration.load(path: config, environment: ProcessEnvironment.variables).data
        } catch {
            Terminal.complain("\(error)")
            Terminal.complain("--data names the folder without a configuration")
            throw ExitCode(Terminal.badConfiguration)
        }
    }

    /// The keys of the file; ends the command when it cannot be used.
    func records(_ file: APIKeyFile) throws -> [APIKeyRecord] {
        do throws(APIKeyFile.Fault) {
            return try file.records()
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }

    /// Changes the keys of the file; ends the command when that cannot be done.
    func change(_ file: APIKeyFile, _ edit: (inout [APIKeyRecord]) -> Void) throws {
        do throws(APIKeyFile.Fault) {
            try file.change(edit)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }
}
