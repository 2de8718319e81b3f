import ArgumentParser
import RoostJSON

/// Has a running host read host.yaml and the libraries anew.
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Have a running host take over a changed host.yaml and changed libraries.",
        discussion:
            "Nothing is touched that has not changed, and no call is dropped. Ends with 1 when a plugin keeps its old version."
    )

    @OptionGroup var options: AdminOptions

    @Argument(help: "Reload this plugin alone. Without it: add, remove and reload what differs.")
    var plugin: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let answer: JSONValue
        do {
            let path = plugin.map { "/admin/plugins/\($0)/reload" } ?? "/admin/reload"
            answer = try await options.client().ask("POST", path)
        } catch let failure as AdminClient.Failure {
            Terminal.complain("\(failure)")
            throw ExitCode.failure
        }
        if json {
            Terminal.say(String(decoding: answer.bytes, as: UTF8.self))
        } else {
            for line in answer["lines"]?.array ?? [] { Terminal.say(line.string ?? "") }
            for key in answer["needingRestart"]?.array ?? [] {
                Terminal.complain("\(key.string ?? "") holds only after a restart of the host")
            }
        }
        let isRefused = (answer["plugins"]?.array ?? []).contains { $0["outcome"]?.string == "refused" }
        if isRefused { throw ExitCode.failure }
    }
}
