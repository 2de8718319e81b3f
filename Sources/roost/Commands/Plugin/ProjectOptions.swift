import ArgumentParser

/// The options of every command that works on a plugin's sources.
struct ProjectOptions: ParsableArguments {
    @Argument(help: "The plugin's folder.")
    var folder = "."

    @Option(help: "Which library of the package, when there are several.")
    var product: String?

    @Flag(help: "Build with optimisation.")
    var release = false

    /// Looks at the folder; when it holds no plugin, says so and ends the command.
    func find() async throws -> PluginProject {
        do {
            return try await PluginProject.find(folder, product: product, isRelease: release)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
    }

    /// Runs one of the project's commands; a status other than 0 ends this one with the same.
    func run(_ command: [String], of project: PluginProject) async throws {
        let status = await ToolChain.run(command, of: project)
        if status != 0 { throw ExitCode(status) }
    }
}
