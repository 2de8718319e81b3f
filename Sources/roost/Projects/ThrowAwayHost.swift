import ArgumentParser
import HostConfiguration
import PluginRuntime

/// The configuration of a host that serves one project's plugin for a moment, with data that nobody keeps.
struct ThrowAwayHost {
    let configuration: HostConfiguration
    let alias: String

    /// Takes the plugin's settings from a host.yaml that has its library; without a file, or when it is not there, none.
    ///
    /// `data` is the folder for everything the host writes.
    init(_ project: PluginProject, config: String?, data: String) throws {
        var configuration: HostConfiguration
        var alias = project.alias
        do throws(ConfigurationFaults) {
            if let config {
                configuration = try .load(path: config, environment: ProcessEnvironment.variables)
            } else {
                configuration = try .init(
                    parsing: "plugins: { \(alias): { library: \"\(project.library)\" } }",
                    file: "\(project.workingDirectory)/(roost plugin test)",
                    environment: [:]
                )
            }
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
        alias = try configuration.serve(project, from: config ?? "")
        configuration.data = data
        self.configuration = configuration
        self.alias = alias
    }
}

extension HostConfiguration {
    /// Puts a project's library in the place of the plugin that stands for it, and tells that plugin's alias.
    mutating func serve(_ project: PluginProject, from file: String) throws -> String {
        let name = project.library.split(separator: "/").last.map(String.init) ?? ""
        guard
            let index = plugins.firstIndex(where: {
                $0.library == name || $0.library.hasSuffix("/" + name) || $0.alias == project.alias
            })
        else {
            Terminal.complain(
                "\(file) has no plugin with the library \(name); there are \(plugins.map(\.alias).joined(separator: ", "))"
            )
            throw ExitCode(Terminal.badConfiguration)
        }
        plugins[index].library = project.library
        // What is being written is signed and locked when it is done.
        plugins[index].trust = PluginTrustConfiguration()
        plugins[index].trust.require = TrustConfiguration.Requirement.none
        lock.use = .off
        return plugins[index].alias
    }
}
