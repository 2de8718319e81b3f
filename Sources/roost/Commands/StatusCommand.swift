import ArgumentParser
import RoostJSON

/// Shows what a running host's plugins do and use.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the plugins of a running host: their state, calls and what they use."
    )

    @OptionGroup var options: AdminOptions

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    @Flag(help: "Show it again every second until interrupted.")
    var watch = false

    func run() async throws {
        let client = try options.client()
        do {
            repeat {
                let report = try await client.ask("GET", "/admin/status")
                let text = json ? report.text : StatusTable(report: report).text
                Terminal.say(watch && !json ? Terminal.cleared(text) : text)
                if watch { try await Task.sleep(for: .seconds(1)) }
            } while watch
        } catch let failure as AdminClient.Failure {
            Terminal.complain("\(failure)")
            throw ExitCode.failure
        }
    }
}
