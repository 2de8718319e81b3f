/// An endpoint that exists only as numbers: what a policy would have made of a trace.
///
/// Jobs are taken in the order they came. A worker that is added takes jobs after its cold start; one that is given up
/// finishes what it has. Workers are paid from their start to their end, rounded up to a second each.
package struct ScaleSimulation: Sendable {
    package var policy: ScalePolicy
    /// Seconds from the decision to add a worker until it takes jobs.
    package var coldStart: Double
    /// Seconds between two looks of the loop.
    package var interval: Double
    /// What a worker costs a second, in the currency of the price.
    package var price: Double

    package init(policy: ScalePolicy, coldStart: Double, interval: Double, price: Double) {
        self.policy = policy
        self.coldStart = coldStart
        self.interval = interval
        self.price = price
    }

    /// What came of it.
    package struct Outcome: Sendable, Equatable {
        package var jobs = 0
        /// Seconds from arrival to end, ascending.
        package var latencies: [Double] = []
        /// Seconds from arrival to start, ascending.
        package var waits: [Double] = []
        package var mostWorkers = 0
        package var workersStarted = 0
        /// Seconds that are paid, of all workers.
        package var workerSeconds = 0.0
        /// Seconds from the first arrival to the end of the last worker.
        package var span = 0.0
        package var cost = 0.0

        /// The value below which a share of the latencies lies; 0 without any.
        package func latency(_ share: Double) -> Double { Self.quantile(latencies, share) }

        /// The value below which a share of the waits lies; 0 without any.
        package func wait(_ share: Double) -> Double { Self.quantile(waits, share) }

        /// Mean of workers over the whole span.
        package var meanWorkers: Double { span > 0 ? workerSeconds / span : 0 }

        private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
            guard !sorted.isEmpty else { return 0 }
            return sorted[min(sorted.count - 1, max(0, Int((Double(sorted.count) * share).rounded(.up)) - 1))]
        }
    }

    private struct Worker {
        var start: Double
        var ready: Double
        var running = 0
        var isLeaving = false
    }

    /// Plays a trace to the end of its last job, and on until the policy has shrunk to its lower bound.
    package func run(_ trace: [TraceJob]) -> Outcome {
        var world = World(self, trace)
        while let time = world.nextEvent { world.advance(to: time) }
        return world.outcome
    }

    /// The state between two events.
    private struct World {
        let settings: ScaleSimulation
        let trace: [TraceJob]
        var machine: ScaleMachine
        var workers: [Int: Worker] = [:]
        var names = 0
        var arrived = 0
        var queue: [TraceJob] = []
        var taken = 0
        /// Ends of running jobs with their workers, the soonest last.
        var ends: [(time: Double, worker: Int)] = []
        var tick: Double?
        var now = 0.0
        var outcome = Outcome()
        let origin = ContinuousClock.now

        init(_ settings: ScaleSimulation, _ trace: [TraceJob]) {
            self.settings = settings
            self.trace = trace
            machine = ScaleMachine(settings.policy, workers: settings.policy.bounds.lowerBound)
            tick = trace.first?.arrival
            now = tick ?? 0
            for _ in 0..<settings.policy.bounds.lowerBound { add(ready: now) }
        }

        var load: Int { queue.count - taken + ends.count }

        var nextEvent: Double? {
            let isOver =
                arrived == trace.count && load == 0 && workers.count <= settings.policy.bounds.lowerBound
            if isOver {
                return nil
            }
            let starts = load > 0 ? workers.values.map(\.ready).filter { $0 > now } : []
            return [
                arrived < trace.count ? trace[arrived].arrival : nil, ends.last?.time, tick, starts.min(),
            ]
            .compactMap { $0 }.min()
        }

        mutating func advance(to time: Double) {
            now = max(now, time)
            while arrived < trace.count, trace[arrived].arrival <= now {
                queue.append(trace[arrived])
                arrived += 1
            }
            while let end = ends.last, end.time <= now {
                ends.removeLast()
                workers[end.worker]?.running -= 1
                if let worker = workers[end.worker], worker.isLeaving, worker.running == 0 {
                    remove(end.worker)
                }
            }
            if let tick, tick <= now {
                look()
                self.tick = tick + max(settings.interval, 0.001)
            }
            assign()
            if arrived == trace.count, load == 0, workers.count <= settings.policy.bounds.lowerBound {
                finish()
            }
        }

        private mutating func look() {
            let moment = origin.advanced(by: .nanoseconds(Int64(now * 1e9)))
            guard case .set(let count, _) = machine.decide(load: load, at: moment) else { return }
            let staying = workers.filter { !$0.value.isLeaving }.keys.sorted()
            if count > staying.count {
                for _ in staying.count..<count { add(ready: now + settings.coldStart) }
            } else {
                // The idle ones first, then the youngest.
                let order = staying.sorted { first, second in
                    let (a, b) = (workers[first]?.running ?? 0, workers[second]?.running ?? 0)
                    return a == b ? first > second : a < b
                }
                for name in order.prefix(staying.count - count) {
                    workers[name]?.isLeaving = true
                    if workers[name]?.running == 0 { remove(name) }
                }
            }
        }

        private mutating func assign() {
            while taken < queue.count {
                let free = workers.filter {
                    !$0.value.isLeaving && $0.value.ready <= now
                        && $0.value.running < settings.policy.jobsPerWorker
                }
                guard
                    let worker = free.min(by: { ($0.value.running, $0.key) < ($1.value.running, $1.key) })?
                        .key
                else {
                    return
                }
                let job = queue[taken]
                taken += 1
                workers[worker]?.running += 1
                let end = now + job.duration
                let place = ends.firstIndex { $0.time <= end } ?? ends.count
                ends.insert((end, worker), at: place)
                outcome.jobs += 1
                outcome.waits.append(now - job.arrival)
                outcome.latencies.append(end - job.arrival)
            }
        }

        private mutating func add(ready: Double) {
            names += 1
            workers[names] = Worker(start: now, ready: ready)
            outcome.workersStarted += 1
            outcome.mostWorkers = max(outcome.mostWorkers, workers.count)
        }

        private mutating func remove(_ name: Int) {
            guard let worker = workers.removeValue(forKey: name) else { return }
            outcome.workerSeconds += (now - worker.start).rounded(.up)
        }

        private mutating func finish() {
            for name in workers.keys.sorted() { remove(name) }
            outcome.span = now - (trace.first?.arrival ?? 0)
            outcome.latencies.sort()
            outcome.waits.sort()
            outcome.cost = outcome.workerSeconds * settings.price
        }
    }
}
