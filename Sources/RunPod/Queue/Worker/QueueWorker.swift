package import CoreMetrics
package import Gateway
package import Logging
package import OutboundHTTP
import Telemetry

/// A worker of a RunPod queue: takes jobs, has them run, and tells the queue how they ended, whatever happens on the way.
///
/// ```
///             takes                 slots                                      outboxes
///   queue ──────────────▶ held jobs ──────▶ JobRunner ──▶ written down ──────────────────────▶ queue
///     │   job-take           ▲  │ reports                 (ResultSpool)   chunks, progress, result
///     └── job-stop ──────────┘  └──────────────────────────────────────▶  until it has them
///   heartbeat: a thread of its own
/// ```
///
/// It may begin before the plugins are known: jobs that come early wait for ``ready(_:slots:)``. Everything that decides is a
/// machine without clock or network (``TakeMachine``, ``Outbox``, ``StoppedJobs``, ``ResumeWatch``); this actor asks them and
/// does what they say.
package actor QueueWorker {
    /// Who waits for something in this actor.
    enum Sleeper: Hashable {
        case taking, stopping, draining, drained
        case delivery(Delivery.Key)
    }

    /// Results that wait for their delivery; with more of them nothing is taken.
    static let longestBacklog = 256

    let settings: QueueSettings
    let caller: Caller
    let answers: any AnswerStore
    let logger: Logger
    /// Hears that the queue is asked for the first time.
    var firstTake: (@Sendable () -> Void)?
    let metrics: QueueMetrics
    let connection: QueueConnection
    let current = CurrentJobs()
    let spooling: Task<ResultSpool?, Never>
    let makeHeartbeat: @Sendable (CurrentJobs, @escaping @Sendable (Duration) -> Void) -> Heartbeat
    var heartbeat: Heartbeat?

    var taking = TakeMachine()
    var stopped = StoppedJobs()
    var stopPolls = BackOff(first: .milliseconds(500), longest: .seconds(5))
    var held: [String: HeldJob] = [:]
    var deliveries: [Delivery.Key: Delivery] = [:]
    var runner: (any JobRunner)?
    var slots: @Sendable () -> Int
    var runnerWaiters: [CheckedContinuation<any JobRunner, Never>] = []
    var sleepers: [Sleeper: CheckedContinuation<Void, Never>] = [:]
    var openTake: PendingAnswer?
    var openStop: PendingAnswer?
    var isDraining = false
    var drainDeadline: ContinuousClock.Instant?
    /// It has ended: nothing is sent any more.
    var isOver = false
    var lastComplaint = ""
    var loops: [Task<Void, Never>] = []

    /// Makes a worker that does nothing yet.
    ///
    /// `slots`: jobs it may work on until ``ready(_:slots:)`` says better. `caller`: whose jobs they are. `makeClient` gives
    /// HTTP clients that nobody else uses. `firstTake` hears when the queue is asked for the first time.
    package init(
        _ settings: QueueSettings,
        slots: Int,
        caller: Caller,
        answers: any AnswerStore,
        makeClient: @escaping @Sendable () -> CurlClient,
        firstTake: @escaping @Sendable () -> Void = {},
        metrics factory: any MetricsFactory = MetricsSystem.factory,
        logger: Logger
    ) {
        self.settings = settings
        self.caller = caller
        self.answers = answers
        self.logger = logger
        self.firstTake = firstTake
        self.slots = { slots }
        let metrics = QueueMetrics(factory)
        self.metrics = metrics
        connection = QueueConnection(key: settings.key, makeClient: makeClient)
        makeHeartbeat = { jobs, resumed in
            Heartbeat(
                settings,
                makeClient: makeClient,
                jobs: { jobs.list },
                resumed: resumed,
                metrics: metrics,
                logger: logger
            )
        }
        spooling = Task.detached {
            let path = SpoolFile(folder: settings.folder, worker: settings.worker).path
            do {
                return try await ResultSpool(path: path)
            } catch {
                logger.error(
                    "\(path) cannot be used: \(error). Results are delivered all the same, but those under way are lost when this process ends; check the data folder"
                )
                return nil
            }
        }
    }

    /// Begins to take jobs and to say that it lives.
    package func begin() {
        guard loops.isEmpty, !isDraining else { return }
        logger.info("working for the queue as \(settings.worker)")
        let heartbeat = makeHeartbeat(current) { [weak self] gap in
            Task { await self?.resumed(after: gap) }
        }
        self.heartbeat = heartbeat
        heartbeat.begin()
        loops = [
            Task { await takeJobs() }, Task { await takeStops() }, Task { await deliverRemains() },
        ]
    }

    /// Says who runs the jobs, those that came already included.
    ///
    /// `slots` is asked before each take, so that plugins with other limits count at once.
    package func ready(_ runner: any JobRunner, slots: @escaping @Sendable () -> Int) {
        self.runner = runner
        self.slots = slots
        for waiter in runnerWaiters { waiter.resume(returning: runner) }
        runnerWaiters = []
        wake(.taking)
    }

    /// Tells the platform that this worker will never work: the host could not start.
    package func reportUnhealthy(check: String, reason: String) async {
        await heartbeat?.reportUnhealthy(check: check, reason: reason)
    }

    /// The process was stopped for a while and goes on: what connects it to the queue is dead.
    private func resumed(after gap: Duration) {
        guard !isOver else { return }
        logger.notice(
            "this process was stopped for \(gap.components.seconds) s and goes on; all connections to the queue are made anew"
        )
        metrics.resumed()
        // An answer may have come before the process was stopped: it is read from what the system kept.
        openTake?.hangUp()
        openStop?.hangUp()
        connection.renew()
        taking.forget()
        for key in deliveries.keys {
            deliveries[key]?.outbox.forget()
            wake(.delivery(key))
        }
        wake(.taking)
        wake(.stopping)
    }

    // MARK: Waiting

    /// Waits until somebody wakes this sleeper, or a moment has come; the caller looks anew either way.
    func rest(_ sleeper: Sleeper, until moment: ContinuousClock.Instant? = nil) async {
        let timer = moment.map { moment in
            Task {
                try await Task.sleep(until: moment, clock: .continuous)
                wake(sleeper)
            }
        }
        await withCheckedContinuation { sleepers.updateValue($0, forKey: sleeper)?.resume() }
        timer?.cancel()
    }

    func wake(_ sleeper: Sleeper) { sleepers.removeValue(forKey: sleeper)?.resume() }

    func changed() {
        metrics.set(jobs: held.count, slots: slots(), undelivered: deliveries.count)
        wake(.taking)
        wake(.draining)
    }
}
