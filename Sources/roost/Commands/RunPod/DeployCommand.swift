import ArgumentParser

/// Brings a host to RunPod, as host.yaml says under deploy.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Bring this host to RunPod serverless, as host.yaml says under deploy.",
        subcommands: [DeployPlanCommand.self, DeployApplyCommand.self, DeployStatusCommand.self],
        defaultSubcommand: DeployPlanCommand.self
    )
}
