import ArgumentParser
import Dispatch
import Gateway
import Glibc
import HostConfiguration
import PluginRuntime
import Policies
import Transports

/// Serves plugins over standard input and output, for clients that start their servers.
struct StdioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stdio",
        abstract: "Serve plugins over standard input and output."
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "Serve one plugin under its plain tool names; without it all plugins, names prefixed.")
    var plugin: String?

    func run() async throws {
        let configuration = try options.load()
        // Whatever a plugin prints must not stand between two messages: from here on fd 1 is standard error.
        let output = dup(STDOUT_FILENO)
        guard output >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            Terminal.complain(
                "standard output cannot be kept for messages: \(String(cString: strerror(errno)))"
            )
            throw ExitCode.failure
        }
        let wiring = Wiring(configuration)
        let runtime = try await wiring.prepareRuntime()
        let cache = wiring.answerCache()
        let gateway = wiring.gateway(runtime, cache: cache)
        let endpoint = plugin.map { Endpoint.plugin($0) } ?? .all
        guard gateway.catalog[endpoint] != nil else {
            Terminal.complain(
                "no plugin '\(plugin ?? "")' is selected; there are \(runtime.plugins.map(\.alias).joined(separator: ", "))"
            )
            throw ExitCode(Terminal.badConfiguration)
        }
        Task { await runtime.startEager() }
        let upkeep = wiring.upkeep(runtime)
        let looking = Task { await upkeep.run() }
        let lines = StandardStreams(output: output)
        let connection = StdioConnection(gateway: gateway, endpoint: endpoint) { lines.write($0) }
        await lines.read(maximum: configuration.http.maxBody) { line in
            switch line {
            case .text(let bytes): connection.receive(bytes)
            case .tooLong: connection.receiveOverlong(maximum: configuration.http.maxBody)
            }
        }
        connection.close()
        looking.cancel()
        await runtime.stop(by: .now + .seconds(2))
        await lines.flush()
        await cache.close()
        await wiring.telemetry.finish()
    }
}
