import ArgumentParser
import HostConfiguration

/// The option every command shares that reads host.yaml.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .long, help: "The host's configuration.")
    var config = "host.yaml"

    /// Reads the file; on faults prints each of them and ends with the status of a bad configuration.
    func load() throws -> HostConfiguration {
        do {
            return try HostConfiguration.load(path: config, environment: ProcessEnvironment.variables)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
    }
}
