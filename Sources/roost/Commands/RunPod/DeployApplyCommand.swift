import ArgumentParser
import RoostJSON
import RunPod

/// Carries the plan out, once it is told to.
struct DeployApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make or change what stands at RunPod; without --yes only show it."
    )

    @OptionGroup var options: DeployOptions

    @Flag(help: "Really do it.")
    var yes = false

    func run() async throws {
        let (configuration, deployment) = try options.load()
        let api = try RunPodAccess.required(configuration)
        let plan = try await DeployOptions.plan(deployment, api)
        Terminal.say("\(plan)")
        guard yes else {
            if !plan.steps.isEmpty {
                Terminal.say("nothing was changed; do it with: roost deploy apply --yes")
            }
            return
        }
        do {
            let endpoint = try await api.apply(plan) { Terminal.say($0) }
            for (name, url) in endpoint?["requestUrls"]?.object?.members ?? [] {
                Terminal.say("  \(name)  \(url.string ?? "")")
            }
        } catch {
            Terminal.complain("\(error)")
            Terminal.complain("the steps before it are done; roost deploy plan shows what is left")
            throw ExitCode.failure
        }
    }
}
