import PluginRuntime

/// Takes a plugin through its life, several times, and notes what it does that it should not.
///
/// ```
/// create, manifest            begin()   the first instance, and the manifest that the host would keep
/// start, manifest, stop, destroy        goOn()    is it healthy, does it list the same while it runs
/// (create, start, stop, destroy) × 6    the first round lets runtimes fill their pools; each further one must leave nothing
/// ```
struct LifeTrial {
    private let trial: PluginTrial
    private let name: String
    private(set) var findings: [Finding] = []
    private static let rounds = 6
    /// What so many rounds may leave behind without a word: a thread that is slow to go, a pool that fills a bit further.
    private static let tolerance = 3

    init(_ trial: PluginTrial, name: String) {
        self.trial = trial
        self.name = name
    }

    /// Makes the first instance and asks for its manifest; nil when that came to nothing.
    mutating func begin() async -> [UInt8]? {
        var step = "create"
        do throws(TrialFault) {
            try await trial.create()
            step = "manifest"
            return try await trial.manifest()
        } catch {
            if case .refused(let sentence) = error {
                let parts = ContractRules.sentenceAndFix(sentence)
                let logged = trial.remarks.warnings.first.map { "; it logged: \($0)" } ?? ""
                let isConfiguration = sentence.contains("refused its configuration")
                add(
                    .notCreated,
                    isConfiguration ? "\(name) refused its settings\(logged)" : "\(parts.sentence)\(logged)",
                    fix: isConfiguration ? nil : parts.fix
                )
            } else {
                add(error, during: step)
            }
            return nil
        }
    }

    /// Starts and stops it, again and again.
    mutating func goOn(_ manifest: [UInt8], mayChange: Bool) async {
        var step = "start"
        do throws(TrialFault) {
            guard try await isStarted() else { return }
            if await endsByItself() { return }
            step = "manifest"
            let now = try await trial.manifest()
            if now != manifest, !mayChange {
                add(
                    .changedManifest,
                    "\(name) gives another manifest while it runs than before, and listChanged is empty"
                )
            }
            step = "stop"
            try await trial.stop()
            step = "destroy"
            try await trial.destroy()
            // The first round: what a runtime opens once and keeps is no leak.
            try await round(&step)
            let before = await settledUsage()
            for _ in 0..<Self.rounds { try await round(&step) }
            await compare(with: before)
        } catch { add(error, during: step) }
        addRemarks()
    }

    private mutating func isStarted() async throws(TrialFault) -> Bool {
        let status = try await trial.start()
        guard status != 0 else { return true }
        let logged = trial.remarks.warnings.last.map { "; it logged: \($0)" } ?? ""
        add(.notStarted, "\(name) did not start: its start function returned \(status)\(logged)")
        return false
    }

    /// A moment in which nobody asks anything of it.
    private mutating func endsByItself() async -> Bool {
        let end = ContinuousClock.now.advanced(by: trial.plan.rest)
        repeat {
            if case .crashed(let reason, let place, let output)? = await trial.end() {
                add(
                    .unhealthy,
                    "\(name) ended its process (\(reason)) after it had started, while nobody asked anything of it\(CrashWords.place(place, output))"
                )
                return true
            }
            try? await Task.sleep(for: .milliseconds(10))
        } while ContinuousClock.now < end
        return false
    }

    private func round(_ step: inout String) async throws(TrialFault) {
        step = "create"
        try await trial.create()
        step = "start"
        guard try await trial.start() == 0 else {
            throw .refused("\(name) did not start a second time. Let it start again after stop")
        }
        step = "stop"
        try await trial.stop()
        step = "destroy"
        try await trial.destroy()
    }

    /// What ends a moment later is no leak: threads take a while to go.
    private mutating func compare(with before: ProcessUsage?) async {
        guard let before else { return }
        var now = trial.usage
        for _ in 0..<100 {
            guard let usage = now else { return }
            if usage.threads - before.threads <= Self.tolerance, leaked(usage, before) <= Self.tolerance {
                return
            }
            try? await Task.sleep(for: .milliseconds(20))
            now = trial.usage
        }
        guard let usage = now else { return }
        if leaked(usage, before) > Self.tolerance {
            add(
                .leakedDescriptors,
                "\(name) leaves \(leaked(usage, before)) open descriptors behind in \(Self.rounds) rounds of create, start, stop and destroy"
            )
        }
        if usage.threads - before.threads > Self.tolerance {
            add(
                .leakedThreads,
                "\(name) leaves \(usage.threads - before.threads) threads behind in \(Self.rounds) rounds of create, start, stop and destroy"
            )
        }
    }

    /// The least of a few looks: the threads that ran the functions of its life end a moment after they have answered.
    private func settledUsage() async -> ProcessUsage? {
        var least = trial.usage
        for _ in 0..<5 {
            try? await Task.sleep(for: .milliseconds(10))
            guard let usage = trial.usage, let known = least else { return nil }
            if usage.threads < known.threads { least = usage }
        }
        return least
    }

    private func leaked(_ now: ProcessUsage, _ before: ProcessUsage) -> Int {
        guard let now = now.openFiles, let before = before.openFiles else { return 0 }
        return now - before
    }

    private mutating func addRemarks() {
        let remarks = trial.remarks
        var seen: Set<String> = []
        for what in remarks.misbehaviour where seen.insert(what).inserted {
            add(.misbehaved, "\(name) \(what)")
        }
        for line in remarks.warnings where seen.insert(line).inserted {
            add(.logged, "\(name) logged \(line.prefix(300))")
        }
    }

    private mutating func add(_ code: FindingCode, _ message: String, fix: String? = nil) {
        findings.append(Finding(code, nil, message, fix: fix))
    }

    private mutating func add(_ fault: TrialFault, during step: String) {
        switch fault {
        case .refused(let sentence):
            let parts = ContractRules.sentenceAndFix(sentence)
            add(.notStarted, parts.sentence, fix: parts.fix)
        case .crashed(let reason, let place, let output):
            add(
                .crashed,
                "\(name) ended its process (\(reason)) in \(step)\(CrashWords.place(place, output))"
            )
        case .hung(let reason): add(.hung, "\(name) hangs in \(step): \(reason)")
        }
    }
}
