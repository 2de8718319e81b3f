import PluginRuntime
import RoostJSON

/// Builds a plugin and reloads it in a running host, each time its sources were saved.
struct DevLoop: Sendable {
    let project: PluginProject
    let runtime: PluginRuntime
    /// Where the host serves the plugin, for the first answer.
    let url: String

    /// Runs until the task is cancelled; each element of `saves` is a moment at which sources were saved.
    func run(_ saves: AsyncStream<ContinuousClock.Instant>) async {
        for await saved in saves {
            let began = ContinuousClock.now
            guard await Self.build(project) else { continue }
            await reload(saved: saved, building: .now - began)
        }
    }

    /// Builds, and shows what the compiler says as it says it; false when it failed.
    static func build(_ project: PluginProject) async -> Bool {
        Terminal.say(Terminal.dim("building \(project.name)"))
        if await ToolChain.run(project.build, of: project) == 0 { return true }
        Terminal.complain(Terminal.bad("not built; the version before goes on"))
        return false
    }

    private func reload(saved: ContinuousClock.Instant, building: Duration) async {
        let began = ContinuousClock.now
        guard let report = await runtime.reload(project.alias) else { return }
        let reloading = ContinuousClock.now - began
        switch report.outcome {
        case .unchanged:
            Terminal.say(Terminal.dim("built in \(Self.text(building)); the library is the same"))
        case .refused(let reason): Terminal.complain(Terminal.bad("not reloaded: \(reason)"))
        default:
            let lists = report.difference.map { ", \($0)" } ?? ""
            Terminal.say(
                Terminal.good(
                    "built in \(Self.text(building)), reloaded in \(Self.text(reloading)): version \(report.version)\(lists)"
                )
            )
            await answer(saved)
        }
    }

    /// Asks the new code for its lists through the front door.
    private func answer(_ saved: ContinuousClock.Instant) async {
        do {
            _ = try await RemoteClient(url: url, plugin: project.alias).request("server/discover", [:])
            Terminal.say(Terminal.dim("first answer \(Self.text(.now - saved)) after the save"))
        } catch {
            Terminal.complain("the new version gave no answer: \(error)")
        }
    }

    /// A duration for people: 84 ms, 2.31 s.
    static func text(_ duration: Duration) -> String {
        let milliseconds = duration.nanoseconds / 1_000_000
        guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
        let hundredths = (milliseconds + 5) / 10
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
    }
}
