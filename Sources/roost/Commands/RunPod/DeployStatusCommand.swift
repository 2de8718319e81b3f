import ArgumentParser
import RoostJSON
import RunPod

/// Shows how the endpoint stands.
struct DeployStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the endpoint at RunPod: its workers, its release, its jobs."
    )

    @OptionGroup var options: DeployOptions

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func run() async throws {
        let (configuration, deployment) = try options.load()
        let api = try RunPodAccess.required(configuration)
        do {
            let endpoints = try await api.endpoints()
            guard let endpoint = endpoints.first(where: { $0["name"]?.string == deployment.name }),
                let id = endpoint["id"]?.string
            else {
                Terminal.complain(
                    "no endpoint is named \(deployment.name); make it with: roost deploy apply --yes"
                )
                throw ExitCode.failure
            }
            let workers = try await api.workers(of: id)
            let releases = try await api.releases(of: id)
            let health = try? await api.health(of: id)
            if json {
                var report: JSONObject = [
                    "workers": workers, "releases": releases, "health": health ?? .null,
                ]
                // The environment may hold secrets, and who asks for the state does not ask for them.
                var shown = endpoint.object ?? [:]
                shown["env"] = JSONValue?.none
                report["endpoint"] = .object(shown)
                return Terminal.say(JSONValue.object(report).text)
            }
            Terminal.say(Self.text(id, endpoint, workers: workers, releases: releases, health: health))
        } catch let failure as RunPodAPI.Failure {
            Terminal.complain("\(failure)")
            throw ExitCode.failure
        }
    }

    private static func text(
        _ id: String,
        _ endpoint: JSONValue,
        workers: JSONValue,
        releases: JSONValue,
        health: JSONValue?
    ) -> String {
        func counts(_ value: JSONValue?) -> String {
            (value?.object?.members ?? []).map { "\($0.0) \($0.1.integer ?? 0)" }.joined(separator: ", ")
        }
        var lines = [
            "\(endpoint["name"]?.string ?? "")  \(id)  \(endpoint["type"]?.string ?? "")",
            "  image    \(endpoint["image"]?.string ?? "")",
            "  workers  \(counts(workers["summary"]))",
        ]
        let rollout = releases["rollout"]
        if rollout?["inProgress"]?.bool == true {
            lines.append(
                "  release  on \(rollout?["workersOnLatest"]?.integer ?? 0) of \(rollout?["workersTotal"]?.integer ?? 0) workers"
            )
        }
        if let jobs = health?["jobs"] { lines.append("  jobs     \(counts(jobs))") }
        if endpoint["workers"]?["max"]?.integer == 0 {
            lines.append(
                "  RunPod has set the most workers to 0, as it does after seven idle days: roost deploy apply --yes"
            )
        }
        for (name, url) in endpoint["requestUrls"]?.object?.members ?? [] {
            lines.append("  \(name)  \(url.string ?? "")")
        }
        return lines.joined(separator: "\n")
    }
}
