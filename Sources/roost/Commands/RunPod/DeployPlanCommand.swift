import ArgumentParser
import RunPod

/// Shows what would be done; changes nothing.
struct DeployPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what would be made or changed at RunPod."
    )

    @OptionGroup var options: DeployOptions

    func run() async throws {
        let (configuration, deployment) = try options.load()
        guard let api = RunPodAccess.api(configuration) else {
            // Without a key nothing that stands can be seen: everything is shown as if it were new.
            Terminal.complain("RUNPOD_API_KEY is not set: compared with an empty account")
            Terminal.say("\(try DeploymentPlan(deployment, templates: [], endpoints: []))")
            return
        }
        Terminal.say("\(try await DeployOptions.plan(deployment, api))")
    }
}
