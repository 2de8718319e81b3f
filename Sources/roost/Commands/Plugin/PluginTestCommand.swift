import ArgumentParser
import PluginProjects
import PluginRuntime

/// Runs a plugin's tests: those of its language, then its scripted calls through a host.
struct PluginTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Test a plugin: swift test or cargo test, then the calls in calls/*.json through a host.",
        discussion: """
            A script is a JSON array of calls: {"name", "tool", "arguments", "expect": part of the result} or "expectError": part \
            of the error. Each file's calls run in order, in a host that is thrown away afterwards.
            """
    )

    @OptionGroup var options: ProjectOptions

    @Option(
        help:
            "A host.yaml whose plugin with this library gives its settings. Default: that in the folder, if any."
    )
    var config: String?

    func run() async throws {
        let project = try await options.find()
        let folder = Files.resolved(options.folder)
        let scripts: ScriptRun?
        do { scripts = try ScriptRun.find(in: folder + "/calls") } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
        guard project.test != nil || scripts != nil else {
            Terminal.complain(
                "\(options.folder) has no tests: expected scripts of calls at \(folder)/calls/*.json, found none"
            )
            throw ExitCode.failure
        }
        if let test = project.test { try await options.run(test, of: project) }
        guard let scripts else { return }
        try await options.run(project.build, of: project)
        let besides = Files.exists(folder + "/host.yaml") ? folder + "/host.yaml" : nil
        try await run(scripts, project, config: config ?? besides)
    }

    private func run(_ scripts: ScriptRun, _ project: PluginProject, config: String?) async throws {
        guard let data = Folders.makeTemporary("roost-plugin-test") else {
            Terminal.complain(
                "expected a temporary folder that can be written, found none; set TMPDIR to one"
            )
            throw ExitCode.failure
        }
        defer { Folders.remove(data) }
        let settings = try ThrowAwayHost(project, config: config, data: data)
        let host = try await PluginHost.start(settings.configuration, only: settings.alias)
        for failure in host.runtime.failures { Terminal.complain(failure.message) }
        let passed =
            host.runtime.failures.isEmpty ? await scripts.run(on: host, alias: settings.alias) : false
        await host.stop()
        if !passed { throw ExitCode.failure }
    }
}
