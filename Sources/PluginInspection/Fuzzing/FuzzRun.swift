package import PluginRuntime

/// Calls the tools of a plugin with many values, and makes of each fault a file that shows it again.
///
/// ```
/// values ─▶ call ─▶ a fault? ─▶ fewer calls ─▶ smaller arguments ─▶ once more in a fresh cell ─▶ told
/// ```
/// Calls come one after the other. Equal seeds make equal calls in equal order; how many fit into the time is another matter.
package struct FuzzRun: Sendable {
    /// What is called, and for how long.
    package struct Plan: Sendable {
        /// The library, its settings and permissions; its folder is where every cell gets a folder of its own.
        package var trial: PluginTrial.Plan
        package var grantsAll = false
        package var seed: UInt64
        /// Default 30 seconds.
        package var time = Duration.seconds(30)
        /// Calls at most; nil: as many as fit.
        package var calls: Int?
        /// Names of the tools to call; empty: all.
        package var tools: [String] = []
        /// How long a call may take; default 2 seconds.
        package var deadline = Duration.seconds(2)
        /// True to call with arguments that break the schema, too.
        package var goesBeyondSchema = false

        package init(_ trial: PluginTrial.Plan, seed: UInt64) {
            self.trial = trial
            self.seed = seed
        }
    }

    /// One fault, and how to show it again.
    package struct Fault: Sendable {
        package var finding: Finding
        package var reproduction: FuzzReproduction
        /// The tool of the last call.
        package var tool: String
    }

    /// How a run went.
    package struct Report: Sendable {
        package var calls = 0
        package var tools: [String] = []
        /// Tools for which no arguments were found that their schema allows.
        package var unreached: [String] = []
        package var faults: [Fault] = []
    }

    private let plan: Plan
    /// Crashes of one tool after which it is left alone, for each costs a start; a hang counts for three.
    private static let patience = 5

    package init(_ plan: Plan) { self.plan = plan }

    /// Runs until the time is over, and tells each fault as it is found.
    ///
    /// - Throws: Why the plugin cannot be started at all, or one of the tools is not there.
    package func run(_ tell: (Fault) async -> Void) async throws(PluginFailure) -> Report {
        var cells = FuzzCells(plan)
        let cell = try await cells.open()
        let manifest = cell.manifest
        var tools = manifest.tools.filter { plan.tools.isEmpty || plan.tools.contains($0.name) }
            .map { FuzzTool($0, seed: plan.seed, isBound: !plan.goesBeyondSchema) }
        if let absent = plan.tools.first(where: { name in !manifest.tools.contains { $0.name == name } }) {
            await cell.close()
            let names = manifest.tools.map(\.name).joined(separator: ", ")
            throw PluginFailure(
                .unavailable,
                plugin: "fuzzed",
                "there is no tool \(absent); the plugin has \(names)"
            )
        }
        var report = Report(tools: tools.map(\.name))
        var seen: Set<String> = []
        var costs: [String: Int] = [:]
        var history: [FuzzCall] = []
        let end = ContinuousClock.now.advanced(by: plan.time)
        var number = 0
        while !tools.isEmpty, ContinuousClock.now < end, report.calls < plan.calls ?? .max {
            let place = number % tools.count
            number += 1
            guard let arguments = tools[place].arguments(number / tools.count) else {
                report.unreached.append(tools.remove(at: place).name)
                continue
            }
            let call = FuzzCall(tool: tools[place].name, arguments: arguments)
            history.append(call)
            report.calls += 1
            guard let verdict = await cell.verdict(of: call, tools[place]) else { continue }
            let isNew = seen.insert(verdict.key).inserted
            if isNew,
                !report.faults.contains(where: { $0.finding.code == verdict.code && $0.tool == call.tool })
            {
                let fault = await cells.minimized(history, verdict, tools[place])
                report.faults.append(fault)
                await tell(fault)
            }
            guard verdict.endsProcess else { continue }
            history = []
            costs[call.tool, default: 0] += verdict.code == .hungInCall ? 3 : 1
            if costs[call.tool, default: 0] >= Self.patience { tools.remove(at: place) }
        }
        await cell.close()
        return report
    }

    /// Makes the calls of a reproduction again, in a fresh cell.
    ///
    /// - Returns: What the first call with a fault showed; nil when there was none.
    package static func replay(
        _ reproduction: FuzzReproduction,
        _ trial: PluginTrial.Plan
    ) async throws(PluginFailure) -> Finding? {
        var trial = trial
        trial.config = reproduction.config
        var plan = Plan(trial, seed: 0)
        plan.deadline = reproduction.deadline
        plan.grantsAll = reproduction.grantsAll
        var cells = FuzzCells(plan)
        let cell = try await cells.open()
        let verdict = await cell.verdict(of: reproduction.calls)
        await cell.close()
        return verdict?.finding
    }
}
