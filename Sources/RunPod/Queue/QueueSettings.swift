/// What a queue worker is told: by the platform in its environment, by the operator in host.yaml.
package struct QueueSettings: Sendable {
    /// This worker's id, which stands in every address.
    package let worker: String
    /// Goes into Authorization as it is, without a scheme; nil: nothing is shown.
    let key: String?
    let addresses: QueueAddresses
    /// Stands in reports of failures.
    let hostName: String
    /// Between two heartbeats; nil: there are none, as the platform could not tell whose they are.
    let heartbeatInterval: Duration?

    /// Bytes of a result that the queue takes for a job of `/run`.
    ///
    /// Default 10 MB.
    package var maximumResult = 10_000_000
    /// The same for `/runsync`.
    ///
    /// Default 20 MB.
    package var maximumSyncResult = 20_000_000
    /// Bytes of one post to a job's stream; longer chunks are split or kept elsewhere.
    ///
    /// Default 1,000,000: the platform takes 1 MB.
    package var maximumChunk = 1_000_000
    /// The folder for what was not delivered yet.
    package var folder: String
    /// How old the traces of another worker must be before this one delivers what it left behind.
    ///
    /// Default two minutes; a worker that lives renews its traces every 15 s.
    package var adoptionAge = Duration.seconds(120)
    /// The name and version that heartbeats and reports carry.
    package var version: String

    /// Reads the environment; nil when the platform told no address to take jobs from: this is no queue worker.
    package init?(
        environment: [String: String],
        folder: String,
        version: String
    ) throws(QueueSettingsFault) {
        guard environment["RUNPOD_WEBHOOK_GET_JOB"]?.isEmpty == false else { return nil }
        let id = environment["RUNPOD_POD_ID"].flatMap { $0.isEmpty ? nil : $0 }
        let worker = id ?? "roost-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        self.worker = worker
        addresses = try QueueAddresses(environment: environment, worker: worker)
        key = environment["RUNPOD_AI_API_KEY"].flatMap { $0.isEmpty ? nil : $0 }
        hostName = environment["RUNPOD_POD_HOSTNAME"] ?? worker
        // Milliseconds. The platform's default stands for what is no number; faster than ten times a second helps nobody.
        let interval = environment["RUNPOD_PING_INTERVAL"].flatMap { Int($0) } ?? 10_000
        heartbeatInterval =
            id != nil && key != nil && addresses.takesHeartbeats ? .milliseconds(max(100, interval)) : nil
        self.folder = folder
        self.version = version
    }

    /// Bytes of a result that the queue takes for this job.
    func maximumResult(of job: String) -> Int {
        job.hasPrefix("sync-") ? maximumSyncResult : maximumResult
    }
}

/// Why the environment does not tell enough, as a sentence with what to do.
package struct QueueSettingsFault: Error, Sendable, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }

    /// The mode was chosen although the platform told no address.
    package static let noQueue = QueueSettingsFault(
        "expected the address to take jobs from in RUNPOD_WEBHOOK_GET_JOB, as this is to be a queue worker; found none. RunPod sets it, or set ROOST_MODE=pod to serve HTTP only"
    )
}
