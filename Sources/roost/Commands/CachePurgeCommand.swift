import ArgumentParser
import RoostJSON

/// Forgets answers, in every level and for every host that shares one.
struct CachePurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Forget kept answers: all of them, or those that match every option given."
    )

    @OptionGroup var options: AdminOptions

    @Option(help: "Only answers of the plugin with this alias.")
    var plugin: String?

    @Option(help: "Only answers of the tool with this name of its own.")
    var tool: String?

    @Option(help: "Only answers kept under this tag.")
    var tag: String?

    func run() async throws {
        var filter: JSONObject = [:]
        filter["plugin"] = plugin.map { .string($0) }
        filter["tool"] = tool.map { .string($0) }
        filter["tag"] = tag.map { .string($0) }
        do {
            let answer = try await options.client().ask("POST", "/admin/cache/purge", filter)
            Terminal.say(
                "purged \(answer["purged"]?.integer ?? 0) answers in memory, and what the other levels had of them"
            )
        } catch let failure as AdminClient.Failure {
            Terminal.complain("\(failure)")
            throw ExitCode.failure
        }
    }
}
