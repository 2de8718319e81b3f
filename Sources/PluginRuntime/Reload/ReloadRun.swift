import Logging

/// Drives one reload of one plugin: does what ``ReloadSequence`` says, and tells it how it went.
struct ReloadRun {
    let plugin: PluginHandle
    let request: Reloader.Request
    let preparation: Preparation
    let logger: Logger

    private var edition: PluginEdition?
    private var candidate: LivingGeneration?
    private var before: LivingGeneration?
    private var difference: ManifestDifference?
    private var state: [UInt8]?
    private var isHolding = false

    init(
        _ plugin: PluginHandle,
        to request: Reloader.Request,
        preparation: Preparation,
        logger: Logger
    ) {
        self.plugin = plugin
        self.request = request
        self.preparation = preparation
        self.logger = logger
    }

    mutating func run() async -> ReloadReport {
        var sequence = ReloadSequence(at: .now)
        var step = ReloadSequence.Step.prepare
        while true {
            if case .end(let ending) = step { return report(ending, sequence.times) }
            // What was begun is undone even when the host stops.
            let event = plugin.isStopping && step != .undo ? .cancelled : await perform(step)
            step = sequence.take(event, at: .now)
        }
    }

    private mutating func perform(_ step: ReloadSequence.Step) async -> ReloadSequence.Event {
        do throws(PluginFailure) {
            switch step {
            case .prepare: return try await prepare()
            case .trial:
                if let edition { try await preparation.tryOut(edition) }
                return .tried
            case .start: return try await start()
            case .hold(let deadline):
                guard let before else { return .held(calls: 0) }
                isHolding = true
                return .held(calls: await plugin.hold(before.generation, until: deadline))
            case .handOver:
                try await handOver()
                return .handedOver
            case .switchOver: return switchOver()
            case .undo:
                if isHolding { plugin.release() }
                await candidate?.backend.stop(by: .now.advanced(by: .seconds(5)))
                return .undone
            case .end: return .cancelled
            }
        } catch { return .failed(error.message) }
    }

    private mutating func prepare() async throws(PluginFailure) -> ReloadSequence.Event {
        let (preparation, specification, eventLoop) = (preparation, request.specification, plugin.eventLoop)
        let prepared = await Threads.run("prepare \(specification.alias)") {
            Result { () throws(PluginFailure) in try preparation.edition(for: specification, on: eventLoop) }
        }
        let edition = try prepared.get()
        self.edition = edition
        let (current, _) = plugin.inUse
        let isSame =
            current.image.digest == edition.image.digest && current.opened == edition.opened
            && current.specification == specification
        return .prepared(
            isNew: !isSame || request.isForced,
            needsTrial: Preparation.needsTrial(specification)
        )
    }

    private mutating func start() async throws(PluginFailure) -> ReloadSequence.Event {
        guard let edition else { return .cancelled }
        let candidate = try await plugin.bringUp(edition, state: nil)
        self.candidate = candidate
        var parser = ManifestParser(alias: plugin.alias)
        let manifest = try parser.parse(candidate.backend.manifest)
        try Preparation.check(manifest, of: edition)
        difference = ManifestDifference(from: plugin.manifest, to: manifest)
        before = plugin.inUse.living
        let keepsState = (before?.backend.keepsState ?? false, candidate.backend.keepsState)
        if keepsState == (true, false) {
            logger.warning(
                "plugin \(plugin.alias) kept state and its new version takes none: the state ends with the old one",
                metadata: ["plugin": "\(plugin.alias)"]
            )
        }
        return .started(old: keepsState.0, new: keepsState.1)
    }

    private mutating func handOver() async throws(PluginFailure) {
        guard let before, let candidate else { return }
        guard let state = try await plugin.exportState(of: before) else {
            logger.warning(
                "plugin \(plugin.alias) died before it could hand its state over: its new version begins without",
                metadata: ["plugin": "\(plugin.alias)"]
            )
            return
        }
        try await candidate.backend.importState(state)
        self.state = state
    }

    private func switchOver() -> ReloadSequence.Event {
        guard let candidate else { return .cancelled }
        if let death = candidate.backend.death {
            return .failed("its new version crashed (\(death.reason)) before it took a call")
        }
        return plugin.switchOver(to: candidate, state: state, isHeld: isHolding) ? .switched : .cancelled
    }

    private func report(_ ending: ReloadSequence.Ending, _ times: ReloadSequence.Times) -> ReloadReport {
        let outcome: ReloadReport.Outcome =
            switch ending {
            case .reloaded: .reloaded
            case .unchanged: .unchanged
            case .refused(let reason): .refused(reason)
            }
        let ended = times.ended ?? times.began
        var report = ReloadReport(
            plugin.alias,
            outcome,
            version: plugin.manifest.version,
            total: ended - times.began
        )
        report.generation = plugin.generation
        report.preparation = times.prepared.map { $0 - times.began }
        if outcome == .reloaded {
            report.difference = difference
            report.hold = times.held.map { ended - $0 }
        }
        return report
    }
}
