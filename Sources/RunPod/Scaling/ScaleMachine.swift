/// The memory of a scaling loop: how many workers there are to be, and since when fewer would do.
///
/// Pure: the caller brings what it sees and the time, and carries out what this says.
package struct ScaleMachine: Sendable {
    /// What is to be done after a look.
    package enum Decision: Sendable, Equatable {
        /// Nothing; why is for the log.
        case keep(String)
        /// The endpoint is to have this many workers.
        case set(Int, String)
    }

    package let policy: ScalePolicy
    /// How many workers the endpoint is to have.
    package private(set) var workers: Int
    private var lowSince: ContinuousClock.Instant?

    /// `workers`: how many the endpoint is set to now.
    package init(_ policy: ScalePolicy, workers: Int) {
        self.policy = policy
        self.workers = workers
    }

    /// Decides after a look at the endpoint.
    ///
    /// `load`: jobs that wait and jobs that run.
    package mutating func decide(load: Int, at now: ContinuousClock.Instant) -> Decision {
        if !policy.bounds.contains(workers) {
            let within = min(max(workers, policy.bounds.lowerBound), policy.bounds.upperBound)
            return set(within, "\(workers) is outside of the bounds")
        }
        let wanted = policy.wanted(for: load)
        if wanted > workers {
            let next = policy.step.map { min(wanted, workers + $0) } ?? wanted
            return set(next, "\(load) jobs for \(workers * policy.jobsPerWorker) places")
        }
        let enough = policy.comfortable(for: load)
        guard enough < workers else {
            lowSince = nil
            return .keep("\(load) jobs for \(workers * policy.jobsPerWorker) places")
        }
        guard let since = lowSince else {
            lowSince = now
            return .keep("\(enough) workers would do since now")
        }
        guard now - since >= policy.coolDown else {
            return .keep("\(enough) workers would do since \(now - since)")
        }
        return set(enough, "\(enough) workers have done for \(policy.coolDown)")
    }

    private mutating func set(_ workers: Int, _ reason: String) -> Decision {
        lowSince = nil
        self.workers = workers
        return .set(workers, reason)
    }
}
