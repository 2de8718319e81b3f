import ArgumentParser

/// The command line of the host.
struct RoostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roost",
        abstract: "Serves MCP servers that are shared libraries.",
        version: HostIdentity.version,
        subcommands: [
            ServeCommand.self, StdioCommand.self, CheckCommand.self, PlanCommand.self, ListCommand.self,
            CallCommand.self,
            MeasureCommand.self, StatusCommand.self, RestartCommand.self, ReloadCommand.self, DevCommand.self,
            PluginCommand.self, KeyCommand.self, TokenCommand.self, CacheCommand.self,
            DeployCommand.self, ScaleCommand.self, CostCommand.self,
        ]
    )
}
