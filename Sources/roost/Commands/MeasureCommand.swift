import ArgumentParser
import HostConfiguration
import PluginRuntime
import RoostJSON

/// Prints what the policies of a configuration cost a call; `make bench` uses it.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure what each policy costs a call, as JSON.",
        shouldDisplay: false
    )

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The plugin to call.")
    var plugin: String

    @Argument(help: "Its tool.")
    var tool: String

    @Argument(help: "The arguments: key=value, or one JSON object.")
    var arguments: [String] = []

    @Option(help: "How often the variants take turns.")
    var rounds = 9

    @Option(help: "Calls of one variant in one round.")
    var calls = 20_000

    func run() async throws {
        var configuration = try options.load()
        configuration.log.level = .error
        let wiring = Wiring(configuration)
        let runtime = try await wiring.prepareRuntime()
        let costs = PolicyCosts(
            wiring: wiring,
            runtime: runtime,
            plugin: plugin,
            tool: tool,
            arguments: .object(try CallArguments(arguments, schema: [:]).object)
        )
        var rows = try await costs.measure(rounds: rounds, calls: calls)
        rows += AuthenticationCosts(logger: wiring.logger).measure(rounds: rounds, calls: calls)
        if let library = runtime.plugins.first(where: { $0.alias == plugin })?.specification.library {
            rows += TrustCosts(library: library).measure(rounds: rounds)
        }
        Terminal.say(
            JSONValue.array(
                rows.map { row in
                    ["name": .string(row.name), "ns": .array(row.nanoseconds.map { .number($0.rounded()) })]
                }
            )
            .text
        )
        await runtime.stop(by: .now + .seconds(2))
        await wiring.telemetry.finish()
    }
}
