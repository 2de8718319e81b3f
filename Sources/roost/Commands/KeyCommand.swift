import ArgumentParser

/// Makes, lists and takes back the keys callers show.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make, list and revoke keys for callers. A running host knows of it at once.",
        subcommands: [KeyNewCommand.self, KeyListCommand.self, KeyRevokeCommand.self]
    )
}
