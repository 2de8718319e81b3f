import ArgumentParser
import HostConfiguration
import NIOPosix
import PluginRuntime

/// Serves a plugin while somebody writes it: builds and reloads it with every save.
struct DevCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Build, serve and reload a plugin while you write it.",
        discussion: """
            Takes a Swift package with a dynamic library, a plugin's folder in one, a Rust package with a cdylib, a folder with a \
            Makefile, or a folder of .c files. CC, SWIFT, CARGO and ROOST_INCLUDE name other tools and headers.
            """
    )

    @Argument(help: "The plugin's folder.")
    var folder = "."

    @Option(
        help:
            "A host.yaml: its plugin with this library is the one that is built, and its other plugins are served too."
    )
    var config: String?

    @Option(help: "The port to serve at. Default: PORT of the environment, else 8000.")
    var port: Int?

    @Option(help: "Which dynamic library of the package, when there are several.")
    var product: String?

    @Flag(help: "Build with optimisation.")
    var release = false

    @Option(help: "Write the address that was bound to this file.")
    var addressFile: String?

    func run() async throws {
        var project: PluginProject
        do {
            project = try await PluginProject.find(folder, product: product, isRelease: release)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.failure
        }
        Terminal.say("\(Terminal.bold(project.name))  \(project.kind) in \(project.workingDirectory)")
        let (saves, saved) = AsyncStream.makeStream(
            of: ContinuousClock.Instant.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        let watch = SourceWatch(project.sources, on: MultiThreadedEventLoopGroup.singleton.next()) {
            saved.yield(.now.advanced(by: .zero - SourceWatch.quiet))
        }
        try await watch.start()
        try await firstBuild(project, saves)
        let configuration = try configuration(for: &project)
        let loop = project
        try await ServeCommand.serve(
            configuration,
            path: config ?? "host.yaml",
            addressFile: addressFile,
            watchesAll: false
        ) { runtime, address in
            let loop = DevLoop(project: loop, runtime: runtime, url: "http://\(address)/mcp")
            Terminal.say(Terminal.dim("watching \(loop.project.sources.joined(separator: ", "))"))
            Task { await loop.run(saves) }
        }
        saved.finish()
        await watch.stop()
    }

    /// There has to be a library before there can be a host: faults may be corrected until there is.
    private func firstBuild(
        _ project: PluginProject,
        _ saves: AsyncStream<ContinuousClock.Instant>
    ) async throws {
        if await DevLoop.build(project) { return }
        Terminal.say(Terminal.dim("watching \(project.sources.joined(separator: ", "))"))
        for await _ in saves where await DevLoop.build(project) { return }
    }

    /// The host around the plugin: a host.yaml with its library in place, or one made up.
    private func configuration(for project: inout PluginProject) throws -> HostConfiguration {
        var configuration: HostConfiguration
        do throws(ConfigurationFaults) {
            configuration = try read(for: project)
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
        guard let config else { return configuration }
        project.givenAlias = try configuration.serve(project, from: config)
        return configuration
    }

    private func read(for project: PluginProject) throws(ConfigurationFaults) -> HostConfiguration {
        let environment = ProcessEnvironment.variables
        if let config { return try HostConfiguration.load(path: config, environment: environment) }
        let text = """
            listen: 127.0.0.1:\(port ?? environment["PORT"].flatMap { Int($0) } ?? 8000)
            data: "\(project.scratch)"
            plugins:
              \(project.alias):
                library: "\(project.library)"
                start: eager
            """
        return try HostConfiguration(
            parsing: text,
            file: "\(project.workingDirectory)/(roost dev)",
            environment: [:]
        )
    }
}
