import PluginRuntime
import RoostJSON

/// The cells of a fuzz run, each with a folder of its own, and what is done in them to make a fault small.
struct FuzzCells: Sendable {
    private let plan: FuzzRun.Plan
    private var opened = 0
    /// What making one fault small may cost.
    private static let time = Duration.seconds(8)
    private static let attempts = 150

    init(_ plan: FuzzRun.Plan) { self.plan = plan }

    /// A cell with nothing in its data folder.
    mutating func open() async throws(PluginFailure) -> FuzzCell {
        opened += 1
        var trial = plan.trial
        trial.folder += "/\(opened)"
        return try await FuzzCell.open(trial, deadline: plan.deadline, grantsAll: plan.grantsAll)
    }

    /// The fault with as few calls and as small arguments as show it.
    ///
    /// What does not show again is told with all the calls since the plugin was started.
    mutating func minimized(
        _ history: [FuzzCall],
        _ verdict: FuzzVerdict,
        _ target: FuzzTarget
    ) async -> FuzzRun.Fault {
        var reproduction = FuzzReproduction(
            library: plan.trial.library,
            deadline: plan.deadline,
            code: verdict.code.code,
            calls: Array(history.suffix(10_000))
        )
        reproduction.config = plan.trial.config
        reproduction.grantsAll = plan.grantsAll
        var best = verdict
        let end = ContinuousClock.now.advanced(by: Self.time)
        if let (calls, found) = await shortened(history, verdict, until: end) {
            reproduction.calls = calls
            best = found
            if calls.count == 1, let smaller = await smaller(calls[0], found, target, until: end) {
                // Small arguments count only where they show the fault in a plugin that was just started.
                if let again = await fresh([smaller]), again.code == verdict.code {
                    reproduction.calls = [smaller]
                    best = again
                }
            }
        }
        return FuzzRun.Fault(finding: best.finding, reproduction: reproduction, subject: verdict.subject)
    }

    /// The shortest end of the history that shows the fault in a fresh cell: the last call, the last two, four and so on.
    private mutating func shortened(
        _ history: [FuzzCall],
        _ verdict: FuzzVerdict,
        until end: ContinuousClock.Instant
    ) async -> (calls: [FuzzCall], verdict: FuzzVerdict)? {
        var tries: [[FuzzCall]] = [history.suffix(1)]
        // What the host notices late was done by the call before.
        if verdict.code == .misbehavedInCall { tries.append(Array(history.dropLast().suffix(1))) }
        var length = 2
        while length < history.count * 2, length <= 4096 {
            tries.append(history.suffix(length))
            length *= 2
        }
        for calls in tries where !calls.isEmpty && ContinuousClock.now < end {
            if let found = await fresh(calls), found.code == verdict.code { return (calls, found) }
        }
        return nil
    }

    /// What calls show in a cell of their own.
    private mutating func fresh(_ calls: [FuzzCall]) async -> FuzzVerdict? {
        guard let cell = try? await open() else { return nil }
        let verdict = await cell.verdict(of: calls)
        await cell.close()
        return verdict
    }

    /// The call with the smallest arguments found that show the same; nil when none smaller does.
    private mutating func smaller(
        _ call: FuzzCall,
        _ verdict: FuzzVerdict,
        _ target: FuzzTarget,
        until end: ContinuousClock.Instant
    ) async -> FuzzCall? {
        guard let cell = try? await open() else { return nil }
        var best = call
        var attempts = 0
        search: while true {
            for candidate in Shrinking.candidates(of: best.arguments) where target.isAllowed(candidate) {
                guard attempts < Self.attempts, ContinuousClock.now < end else { break search }
                attempts += 1
                let smaller = FuzzCall(call.subject, arguments: candidate)
                // What the host notices late needs a moment after each call.
                let isLate = verdict.code == .misbehavedInCall
                let found =
                    isLate ? await cell.verdict(of: [smaller]) : await cell.verdict(of: smaller, target)
                guard let found, found.code == verdict.code else { continue }
                best = smaller
                continue search
            }
            break
        }
        await cell.close()
        return best == call ? nil : best
    }
}
