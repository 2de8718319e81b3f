import ArgumentParser
import Gateway
import HostConfiguration
import PluginRuntime
import RoostJSON

/// Says what a host would run, and holds it to that.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract:
            "Show what would run: files, digests, signatures, ABI, tools, permissions; write or compare the lock.",
        discussion:
            "No plugin is started, and none is loaded into this process. Ends with 1 when a plugin would not start or, with --diff, when the lock says otherwise."
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    @Flag(help: "Write the lock, which roost serve then obeys.")
    var write = false

    @Flag(help: "Show only what differs from the lock.")
    var diff = false

    func validate() throws {
        guard !(write && diff) else {
            throw ValidationError("expected one of --write and --diff, found both")
        }
    }

    func run() async throws {
        var configuration = try options.load()
        // What a log would say stands in the plan.
        configuration.log.level = .critical
        let wiring = Wiring(configuration)
        let plan = try await HostPlan.make(wiring)
        await wiring.telemetry.finish()
        if write { return try save(plan, wiring) }
        if diff { return try compare(plan, wiring) }
        Terminal.say(json ? plan.json.text : plan.text)
        guard plan.isSound else { throw ExitCode.failure }
    }

    private func save(_ plan: HostPlan, _ wiring: Wiring) throws {
        let path = wiring.configuration.lock.path
        guard wiring.configuration.lock.use != .off else {
            Terminal.complain("\(options.config) says lock: off; name a file there, or leave the line out")
            throw ExitCode.failure
        }
        guard plan.isSound else {
            for problem in plan.plugins.compactMap(\.problem) { Terminal.complain(problem) }
            Terminal.complain("\(path) was not written: a lock says of every plugin what it is")
            throw ExitCode.failure
        }
        do throws(Files.Fault) {
            try Files.write(plan.lock.bytes, to: path)
        } catch {
            Terminal.complain("\(error.path) could not be written: \(error.reason)")
            throw ExitCode.failure
        }
        Terminal.say(
            json
                ? JSONValue.object(["lock": .string(path)]).text
                : "\(path): \(plan.plugins.count) plugins locked"
        )
    }

    private func compare(_ plan: HostPlan, _ wiring: Wiring) throws {
        let lock: HostLock?
        do throws(LockFault) { lock = try wiring.lock } catch {
            Terminal.complain("\(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
        guard let lock else {
            Terminal.complain(
                "there is no lock at \(wiring.configuration.lock.path); make one with roost plan --write"
            )
            throw ExitCode.failure
        }
        let differences = plan.differences(from: lock, known: wiring.configuration.plugins.map(\.alias))
        if json {
            Terminal.say(JSONValue.object(["differences": .array(differences.map(\.json))]).text)
        } else {
            for plugin in differences { Terminal.say(plugin.text) }
            if differences.isEmpty { Terminal.say("\(wiring.configuration.lock.path) holds") }
        }
        guard differences.isEmpty else { throw ExitCode.failure }
    }
}
