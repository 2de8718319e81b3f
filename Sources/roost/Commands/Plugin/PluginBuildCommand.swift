import ArgumentParser

/// Builds a plugin with the tools of its language.
struct PluginBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a plugin with the tools of its language: swift, cargo, make or cc.",
        discussion: "Ends with the status of the build. SWIFT, CARGO and CC name other tools."
    )

    @OptionGroup var options: ProjectOptions

    func run() async throws {
        let project = try await options.find()
        let began = ContinuousClock.now
        try await options.run(project.build, of: project)
        Terminal.say("\(Terminal.good("built")) \(project.library) in \(DevLoop.text(.now - began))")
    }
}
