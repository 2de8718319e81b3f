import ArgumentParser
import RoostJSON

/// Shows how much is kept and how often it helped.
struct CacheStatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show how much is kept, and what came of the calls of cached tools."
    )

    @OptionGroup var options: AdminOptions

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func run() async throws {
        do {
            let report = try await options.client().ask("GET", "/admin/cache")
            Terminal.say(json ? report.text : CacheReport.text(report))
        } catch let failure as AdminClient.Failure {
            Terminal.complain("\(failure)")
            throw ExitCode.failure
        }
    }
}
