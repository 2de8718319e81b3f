import ArgumentParser
import PluginInspection
import PluginRuntime
import RoostJSON

/// Measures what a call of a plugin costs.
struct PluginBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure calls per second and latency of a plugin, in this process and in a cell."
    )

    @Argument(help: "A plugin's shared library. This process loads it.")
    var library: String

    @Option(help: "The tool to call; default: the first one that only reads, or else the first.")
    var tool: String?

    @Option(help: "Its arguments, one JSON object; default: the simplest that its schema allows.")
    var arguments: String?

    @Option(help: "How long to measure.")
    var time: TimeSpan = "4s"

    @Option(help: "Calls under way at once where the most calls per second are counted.")
    var concurrency = 16

    @OptionGroup var options: LibraryOptions

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func validate() throws {
        guard (2...10_000).contains(concurrency) else {
            throw ValidationError("expected --concurrency from 2 to 10000, found \(concurrency)")
        }
    }

    func run() async throws {
        try await options.inFolder { folder in
            var trial = options.plan(library, in: folder)
            trial.config = try options.settings()
            var plan = PluginBench.Plan(trial)
            plan.tool = tool
            plan.arguments = try givenArguments()
            plan.time = time.duration
            plan.concurrency = concurrency
            do throws(PluginFailure) { show(try await PluginBench(plan).run()) } catch {
                Terminal.complain(error.message)
                throw ExitCode.failure
            }
        }
    }

    private func givenArguments() throws -> JSONValue? {
        guard let arguments else { return nil }
        guard let value = try? JSONValue(parsing: arguments), value.kind == .object else {
            Terminal.complain("expected --arguments to be one JSON object, found: \(arguments)")
            throw ExitCode(Terminal.badConfiguration)
        }
        return value
    }

    private func show(_ report: PluginBench.Report) {
        if json { return Terminal.say(Self.json(report).text) }
        Terminal.say("\(report.tool) \(report.arguments.text)")
        for row in report.rows {
            Terminal.say(
                """
                \(row.place), \(row.concurrency == 1 ? "one call at a time" : "\(row.concurrency) at a time"): \
                \(Int(row.callsPerSecond)) calls/s, p50 \(Self.microseconds(row.p50)), p99 \(Self.microseconds(row.p99))
                """
            )
        }
        for note in report.notes { Terminal.complain("not measured: \(note)") }
    }

    private static func microseconds(_ time: Duration) -> String {
        "\((time / .microseconds(1) * 10).rounded() / 10) µs"
    }

    private static func json(_ report: PluginBench.Report) -> JSONValue {
        [
            "tool": .string(report.tool), "arguments": report.arguments,
            "rows": .array(
                report.rows.map { row in
                    [
                        "place": .string(row.place), "concurrency": .integer(Int64(row.concurrency)),
                        "callsPerSecond": .number(row.callsPerSecond.rounded()),
                        "p50Us": .number(row.p50 / .microseconds(1)),
                        "p99Us": .number(row.p99 / .microseconds(1)),
                        "calls": .integer(Int64(row.calls)),
                    ]
                }
            ),
            "notes": .array(report.notes.map { .string($0) }),
        ]
    }
}
