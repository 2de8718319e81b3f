import ArgumentParser
import RoostJSON

/// Ends a plugin's process and begins anew: the way out of quarantine.
struct RestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Restart a plugin of a running host."
    )

    @OptionGroup var options: AdminOptions

    @Argument(help: "The plugin's alias.")
    var plugin: String

    func run() async throws {
        do {
            let answer = try await options.client().ask("POST", "/admin/plugins/\(plugin)/restart")
            Terminal.say(answer["message"]?.string ?? "restarted")
        } catch let failure as AdminClient.Failure {
            Terminal.complain("\(failure)")
            throw ExitCode.failure
        }
    }
}
