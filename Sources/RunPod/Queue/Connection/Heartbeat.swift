import Logging
import OutboundHTTP
import Synchronization
import Telemetry

/// Says again and again that this worker lives, and what it works on; notices when the process was stopped for a while.
///
/// Everything happens on the thread of an HTTP client that nobody else uses, so that no plugin, disk or busy pool of threads
/// can hold it up: a worker that is silent loses its jobs.
final class Heartbeat: Sendable {
    private struct State {
        var client: CurlClient
        var watch = ResumeWatch()
        /// Timers of a client that was replaced mean nothing.
        var generation = 0
        var isStopped = false
        var lastStatus: String?
    }

    private let settings: QueueSettings
    private let makeClient: @Sendable () -> CurlClient
    private let jobs: @Sendable () -> [String]
    private let resumed: @Sendable (Duration) -> Void
    private let metrics: QueueMetrics
    private let logger: Logger
    private let state: Mutex<State>

    /// The list of jobs is no longer than this many bytes.
    private static let longestList = 60 << 10

    /// `jobs`: what the worker works on, asked on the heartbeat's thread; `resumed` hears how long the process was stopped.
    init(
        _ settings: QueueSettings,
        makeClient: @escaping @Sendable () -> CurlClient,
        jobs: @escaping @Sendable () -> [String],
        resumed: @escaping @Sendable (Duration) -> Void,
        metrics: QueueMetrics,
        logger: Logger
    ) {
        self.settings = settings
        self.makeClient = makeClient
        self.jobs = jobs
        self.resumed = resumed
        self.metrics = metrics
        self.logger = logger
        state = Mutex(State(client: makeClient()))
    }

    /// Sends the first one at once.
    func begin() {
        let (client, generation) = state.withLock { ($0.client, $0.generation) }
        client.after(.zero) { [self] in
            beat(generation)
            look(generation)
        }
    }

    func stop() {
        let client = state.withLock { state in
            state.isStopped = true
            return state.client
        }
        client.stop()
    }

    /// Tells that this worker will never work, and why; returns when that was said, or after two seconds.
    func reportUnhealthy(check: String, reason: String) async {
        let fields = [
            (name: "status", value: "unhealthy"), (name: "check", value: check),
            (name: "reason", value: String(reason.prefix(256))),
            (name: "runpod_version", value: settings.version),
        ]
        guard settings.heartbeatInterval != nil, let request = request(fields, timeout: .seconds(2)) else {
            return
        }
        _ = await PendingAnswer(request, on: state.withLock { $0.client }).answer
    }

    private func beat(_ generation: Int) {
        guard let interval = settings.heartbeatInterval, let client = current(generation) else { return }
        client.after(interval) { [self] in beat(generation) }
        var fields = [(name: "runpod_version", value: settings.version)]
        let list = Self.list(jobs())
        if !list.isEmpty { fields.insert((name: "job_id", value: list), at: 0) }
        guard let request = request(fields, timeout: interval * 2) else { return }
        client.send(request) { [self] result in note(result, generation) }
    }

    private func look(_ generation: Int) {
        guard let client = current(generation) else { return }
        let wall = Duration.nanoseconds(WallClock.nanoseconds)
        let gap = state.withLock { $0.watch.look(wall) }
        if let gap {
            let fresh = makeClient()
            let generation = state.withLock { state in
                state.client = fresh
                state.generation += 1
                return state.generation
            }
            fresh.after(.zero) { [self] in
                beat(generation)
                look(generation)
                client.stop()
            }
            return resumed(gap)
        }
        client.after(ResumeWatch.interval) { [self] in look(generation) }
    }

    private func note(_ result: Result<OutboundResponse, OutboundFailure>, _ generation: Int) {
        let status: String
        switch result {
        case .success(let response) where (200..<300).contains(response.status): status = "answered"
        case .success(let response): status = "answered with status \(response.status)"
        case .failure(let failure): status = "not answered: \(failure.message)"
        }
        let (isNew, isStopped) = state.withLock { state in
            defer { state.lastStatus = status }
            return (state.lastStatus != status, state.isStopped || state.generation != generation)
        }
        guard !isStopped else { return }
        metrics.heartbeat(status == "answered")
        if isNew, status != "answered" { logger.warning("the heartbeat was \(status)") }
    }

    private func current(_ generation: Int) -> CurlClient? {
        state.withLock { $0.generation == generation && !$0.isStopped ? $0.client : nil }
    }

    private func request(_ fields: [(name: String, value: String)], timeout: Duration) -> OutboundRequest? {
        guard let address = settings.addresses.heartbeat(fields) else { return nil }
        var request = OutboundRequest(address)
        if let key = settings.key { request.headers = [("Authorization", key)] }
        request.timeout = timeout
        request.retries = 3
        return request
    }

    /// Ids with commas in between, as many as fit.
    private static func list(_ ids: [String]) -> String {
        var list = ""
        for id in ids {
            guard list.utf8.count + id.utf8.count < longestList else { break }
            list += list.isEmpty ? id : ",\(id)"
        }
        return list
    }
}
