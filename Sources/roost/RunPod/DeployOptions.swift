import ArgumentParser
import HostConfiguration
import RunPod

/// What the commands of roost deploy share.
struct DeployOptions: ParsableArguments {
    @OptionGroup var options: ConfigurationOptions

    /// host.yaml and what it says under deploy; ends the command when that is missing.
    func load() throws -> (HostConfiguration, Deployment) {
        let configuration = try options.load()
        guard let deploy = configuration.deploy else {
            Terminal.complain(
                """
                \(options.config): expected a section deploy, found none; for example:
                  deploy:
                    name: roost
                    image: registry.example.com/roost:1
                    type: load-balancer
                """
            )
            throw ExitCode(Terminal.badConfiguration)
        }
        return (configuration, Deployment(deploy))
    }

    /// What is to be done, compared with what stands at RunPod.
    static func plan(_ deployment: Deployment, _ api: RunPodAPI) async throws -> DeploymentPlan {
        do {
            return try DeploymentPlan(
                deployment,
                templates: try await api.templates(),
                endpoints: try await api.endpoints()
            )
        } catch let conflict as DeploymentPlan.Conflict {
            Terminal.complain("\(conflict)")
            throw ExitCode.failure
        } catch let failure as RunPodAPI.Failure {
            Terminal.complain("\(failure)")
            throw ExitCode.failure
        }
    }
}
