import ArgumentParser
import Gateway
import HostConfiguration
import PluginRuntime

/// A host without a listener, for commands that need plugins for a moment.
struct PluginHost {
    let runtime: PluginRuntime
    let gateway: Gateway
    private let telemetry: HostTelemetry

    /// Prepares the selected plugins, or only one of them.
    static func start(
        _ configuration: HostConfiguration,
        only alias: String? = nil
    ) async throws -> PluginHost {
        var configuration = configuration
        if let alias {
            guard configuration.plugins.contains(where: { $0.alias == alias }) else {
                Terminal.complain(
                    "there is no plugin '\(alias)'; configured are \(configuration.plugins.map(\.alias).joined(separator: ", "))"
                )
                throw ExitCode.failure
            }
            configuration.selection = [alias]
        }
        configuration.log.level = .warning
        let wiring = Wiring(configuration)
        let runtime = try await wiring.prepareRuntime()
        return PluginHost(
            runtime: runtime,
            gateway: wiring.gateway(runtime),
            telemetry: wiring.telemetry
        )
    }

    func stop() async {
        await runtime.stop(by: .now + .seconds(2))
        await telemetry.finish()
    }
}
