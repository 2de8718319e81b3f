import Gateway
import MCP
import PluginRuntime
import RoostJSON
import Synchronization

/// Fetching answers: from the second level, from the plugin, in the background.
extension AnswerCache {
    typealias Machine = CacheMachine<JSONDocument, CacheCaller>

    /// Does what a flight needs.
    ///
    /// `leader`: whoever began it; it may have gone by now.
    func go(_ flight: Machine.Flight.ID, _ need: Machine.Need, _ label: CacheLabel, _ leader: CacheCaller) {
        guard need != .call, let levels else { return call(flight, leader) }
        guard need == .stamp else { return read(flight, label, leader) }
        levels.stamp(label) { [self] stamp in
            let step = state.withLock { $0.stamped(flight, stamp, now: now()) }
            follow(step, label, leader, .hitMemory)
        }
    }

    private func read(_ flight: Machine.Flight.ID, _ label: CacheLabel, _ leader: CacheCaller) {
        guard let levels else { return }
        levels.read(leader.question.key, label) { [self] found, stamp in
            let reading: Machine.Reading =
                found.map { found in
                    .found(
                        found.document,
                        bytes: found.document.footprint,
                        age: found.age,
                        stamp: found.stamp
                    )
                } ?? .absent(stamp)
            let step = state.withLock { $0.read(flight, reading, now: now()) }
            follow(step, label, leader, found?.isObject == true ? .hitObject : .hitShared)
        }
    }

    private func follow(
        _ step: Machine.Step,
        _ label: CacheLabel,
        _ leader: CacheCaller,
        _ note: CallNotes.Cache
    ) {
        switch step {
        case .rest: break
        case .read(let flight): read(flight, label, leader)
        case .call(let flight, let caller?): call(flight, caller)
        case .call(let flight, nil): refresh(flight, leader)
        case .serve(let callers, let value, let remaining, let flight):
            for caller in callers {
                caller.finish(value, remaining: remaining, remaining > .zero ? note : .stale)
            }
            if let flight { refresh(flight, leader) }
        }
    }

    // MARK: The plugin

    private func call(_ flight: Machine.Flight.ID, _ caller: CacheCaller) {
        ask(flight, caller.attempt(), caller)
    }

    private func refresh(_ flight: Machine.Flight.ID, _ model: CacheCaller) {
        ask(flight, model.attempt(inBackground: true), model)
    }

    private func ask(_ flight: Machine.Flight.ID, _ attempt: PluginCall, _ caller: CacheCaller) {
        // A reload in the middle of the call: nobody can say which image it was that answered.
        let fingerprint = attempt.plugin.fingerprint
        let generation = attempt.plugin.generation
        attempt.whenFinished { [self] outcome in
            let isSame =
                attempt.plugin.fingerprint == fingerprint
                && (generation == nil || attempt.plugin.generation == generation)
            settle(flight, outcome, attempt, caller, isSame: isSame)
        }
        caller.next.handle(attempt)
    }

    private func settle(
        _ flight: Machine.Flight.ID,
        _ outcome: PluginOutcome,
        _ attempt: PluginCall,
        _ worker: CacheCaller,
        isSame: Bool
    ) {
        let terms = worker.tool.label?.terms
        let ending = Self.ending(outcome, isShared: worker.tool.isShared, terms: isSame ? terms : nil)
        let settlement = state.withLock { $0.ended(flight, ending, now: now()) }
        var remaining: Duration?
        if case .value(_, _, let timeToLive) = ending {
            remaining = settlement.isKept ? timeToLive : .zero
            if settlement.isKept { worker.tool.counters.countKept() }
        }
        for caller in settlement.answer {
            let isWorker = caller.call === worker.call
            caller.finish(outcome, as: attempt, remaining: remaining, isWorker ? .miss : .joined)
        }
        if let kept = settlement.kept {
            for caller in settlement.fallback { caller.finish(kept, remaining: .zero, .stale) }
        }
        if let next = settlement.next { call(flight, next) }
        for caller in settlement.release { caller.pass() }
        if let keep = settlement.keep { levels?.write(keep.key, keep.label, keep.value, keep.stamp) }
    }

    /// What an outcome is to the cache.
    ///
    /// `terms`: nil when the answer must not be kept whatever it says.
    static func ending(_ outcome: PluginOutcome, isShared: Bool, terms: CacheTerms?) -> Machine.Ending {
        switch outcome {
        case .complete(let document):
            let result = document.root
            // Whoever calls something private knows better than who declared it shared.
            if isShared, result["cacheScope"]?.equals("private") == true { return .own }
            if result["isError"]?.bool == true { return .answer }
            var timeToLive = terms?.timeToLive
            if let own = result["ttlMs"]?.integer, let declared = timeToLive {
                timeToLive = own > 0 ? min(declared, .milliseconds(own)) : nil
            }
            return .value(document, bytes: document.footprint, timeToLive: timeToLive)
        case .inputRequired: return .own
        case .error: return .answer
        case .cancelled: return .withdrawn
        case .failed(let failure): return failure.cause == .deadline ? .withdrawn : .failed
        }
    }
}
