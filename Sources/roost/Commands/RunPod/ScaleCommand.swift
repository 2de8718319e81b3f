import ArgumentParser
import PluginRuntime
import RoostJSON
import RunPod

/// Sets an endpoint's workers by its load, or plays a policy against a trace.
struct ScaleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "Set the workers of a RunPod endpoint by its load, or simulate a policy.",
        discussion: """
            RunPod's own scaler goes on; this sets the fewest workers, which RunPod keeps running. With --simulate nothing is \
            asked or changed: a trace of lines arrival,duration in seconds is played, and latency, workers and cost are printed.
            """
    )

    @Option(help: "The endpoint's id.")
    var endpoint: String?

    @Option(help: "Play this trace instead.")
    var simulate: String?

    @OptionGroup var options: ScaleOptions

    @Option(help: "With --simulate: seconds until a new worker takes jobs.")
    var coldStart = 10.0

    @Option(help: "With --simulate: what a worker costs a second.")
    var price = 0.0

    @Flag(help: "Say what would be set, and set nothing.")
    var dryRun = false

    @Flag(help: "Look once instead of until interrupted.")
    var once = false

    func validate() throws {
        if (endpoint == nil) == (simulate == nil) {
            throw ValidationError("name one of the two: --endpoint ID or --simulate trace.csv")
        }
        guard (0...3_600).contains(coldStart), price >= 0, price.isFinite else {
            throw ValidationError("--cold-start is from 0 to 3600 seconds and --price not negative")
        }
    }

    func run() async throws {
        if let simulate { return try play(simulate) }
        if let endpoint { try await loop(endpoint) }
    }

    private func play(_ path: String) throws {
        let trace: [TraceJob]
        do {
            trace = try TraceJob.trace(String(decoding: try Files.read(path), as: UTF8.self))
        } catch {
            Terminal.complain("\(path): \(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
        let simulation = ScaleSimulation(
            policy: options.policy,
            coldStart: coldStart,
            interval: options.interval,
            price: price
        )
        Terminal.say(SimulationReport(simulation.run(trace)).text)
    }

    private func loop(_ endpoint: String) async throws {
        let api = try RunPodAccess.required(nil)
        var machine: ScaleMachine?
        while true {
            do {
                let health = try await api.health(of: endpoint)
                let jobs = health["jobs"]
                let load = Int((jobs?["inQueue"]?.integer ?? 0) + (jobs?["inProgress"]?.integer ?? 0))
                var current = machine
                if current == nil {
                    let set = try await api.endpoint(endpoint)["workers"]?["min"]?.integer ?? 0
                    current = ScaleMachine(options.policy, workers: Int(set))
                }
                if var next = current {
                    let decision = next.decide(load: load, at: .now)
                    switch decision {
                    case .keep(let reason):
                        Terminal.say("\(Timestamp.now) \(next.workers) workers stay: \(reason)")
                    case .set(let workers, let reason):
                        Terminal.say("\(Timestamp.now) \(workers) workers: \(reason)")
                        if !dryRun { try await api.setWorkers(workers...options.max, of: endpoint) }
                    }
                    // What could not be set is decided anew.
                    machine = next
                }
            } catch {
                Terminal.complain("\(error)")
                machine = nil
                if once { throw ExitCode.failure }
            }
            if once { return }
            try await Task.sleep(for: .milliseconds(Int64(options.interval * 1_000)))
        }
    }
}
