package import PluginRuntime

/// Calls what a plugin serves with many values, and makes of each fault a file that shows it again.
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
        /// What to call, completions left to what they belong to; empty: everything that the plugin serves.
        package var subjects: [FuzzSubject] = []
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
        /// What the last call was to.
        package var subject: FuzzSubject
    }

    /// How a run went.
    package struct Report: Sendable {
        package var calls = 0
        package var subjects: [FuzzSubject] = []
        /// What no arguments were found for that its schema allows.
        package var unreached: [FuzzSubject] = []
        package var faults: [Fault] = []
    }

    private let plan: Plan
    /// Crashes of one subject after which it is left alone, for each costs a start; a hang counts for three.
    private static let patience = 5

    package init(_ plan: Plan) { self.plan = plan }

    /// Runs until the time is over, and tells each fault as it is found.
    ///
    /// - Throws: Why the plugin cannot be started at all, or has not what is to be called.
    package func run(_ tell: (Fault) async -> Void) async throws(PluginFailure) -> Report {
        var cells = FuzzCells(plan)
        let cell = try await cells.open()
        var targets: [FuzzTarget]
        do throws(PluginFailure) { targets = try self.targets(of: cell.manifest) } catch {
            await cell.close()
            throw error
        }
        var report = Report(subjects: targets.map(\.subject))
        var seen: Set<String> = []
        var costs: [FuzzSubject: Int] = [:]
        var history: [FuzzCall] = []
        let end = ContinuousClock.now.advanced(by: plan.time)
        var number = 0
        while !targets.isEmpty, ContinuousClock.now < end, report.calls < plan.calls ?? .max {
            let place = number % targets.count
            number += 1
            guard let arguments = targets[place].arguments(number / targets.count) else {
                report.unreached.append(targets.remove(at: place).subject)
                continue
            }
            let call = FuzzCall(targets[place].subject, arguments: arguments)
            history.append(call)
            report.calls += 1
            guard let verdict = await cell.verdict(of: call, targets[place]) else { continue }
            let isNew = seen.insert(verdict.key).inserted
            if isNew,
                !report.faults.contains(where: {
                    $0.finding.code == verdict.code && $0.subject == call.subject
                })
            {
                let fault = await cells.minimized(history, verdict, targets[place])
                report.faults.append(fault)
                await tell(fault)
            }
            guard verdict.endsProcess else { continue }
            history = []
            costs[call.subject, default: 0] += verdict.code == .hungInCall ? 3 : 1
            if costs[call.subject, default: 0] >= Self.patience { targets.remove(at: place) }
        }
        await cell.close()
        return report
    }

    /// What the plan asks for of what the plugin serves; completions come with their prompt or template.
    private func targets(of manifest: PluginManifest) throws(PluginFailure) -> [FuzzTarget] {
        let all = FuzzTarget.all(of: manifest, seed: plan.seed, isBound: !plan.goesBeyondSchema)
        guard !plan.subjects.isEmpty else { return all }
        if let absent = plan.subjects.first(where: { wanted in !all.contains { $0.subject == wanted } }) {
            let names = all.map(\.subject).filter { $0.kind == absent.kind }.map(\.name)
            throw PluginFailure(
                .unavailable,
                plugin: "fuzzed",
                "there is no \(absent.kind.rawValue) \(absent.name); the plugin has \(names.isEmpty ? "none" : names.joined(separator: ", "))"
            )
        }
        return all.filter { target in
            guard target.subject.kind == .completion else { return plan.subjects.contains(target.subject) }
            return plan.subjects.contains {
                ($0.kind == .prompt || $0.kind == .template) && $0.name == target.subject.name
            }
        }
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
