import ArgumentParser

/// What an author does with a plugin, from an empty folder to a library others may run.
struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Make, build, test and serve a plugin of your own.",
        subcommands: [
            PluginNewCommand.self, PluginBuildCommand.self, PluginTestCommand.self, DevCommand.self,
            PluginFuzzCommand.self, PluginBenchCommand.self,
            PluginKeygenCommand.self, PluginSignCommand.self, PluginVerifyCommand.self,
            PluginHeadersCommand.self,
        ]
    )
}
