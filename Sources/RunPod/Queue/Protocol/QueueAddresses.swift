/// The addresses of one endpoint's queue, as a worker uses them.
struct QueueAddresses: Sendable {
    private let take: URLTemplate
    private let result: URLTemplate
    private let stream: URLTemplate?
    private let heartbeat: URLTemplate?
    private let environment: [String: String]
    private let worker: String

    /// Reads the templates of the environment.
    ///
    /// `RUNPOD_WEBHOOK_JOB_STREAM` is what RunPod's own examples call the address of streams.
    init(environment: [String: String], worker: String) throws(QueueSettingsFault) {
        func template(_ name: String) -> URLTemplate? {
            environment[name].flatMap { $0.isEmpty ? nil : URLTemplate(text: $0) }
        }
        guard let take = template("RUNPOD_WEBHOOK_GET_JOB"),
            let result = template("RUNPOD_WEBHOOK_POST_OUTPUT")
        else {
            throw QueueSettingsFault(
                "a queue worker needs the addresses of RUNPOD_WEBHOOK_GET_JOB and RUNPOD_WEBHOOK_POST_OUTPUT, and one of them is missing; RunPod sets both, or set ROOST_MODE=pod to serve HTTP only"
            )
        }
        self.take = take
        self.result = result
        stream = template("RUNPOD_WEBHOOK_POST_STREAM") ?? template("RUNPOD_WEBHOOK_JOB_STREAM")
        heartbeat = template("RUNPOD_WEBHOOK_PING")
        self.environment = environment
        self.worker = worker
    }

    /// Whether chunks of a stream have somewhere to go.
    var takesChunks: Bool { stream != nil }

    var takesHeartbeats: Bool { heartbeat != nil }

    /// Where jobs are taken: one, or a batch of several.
    ///
    /// Batches have an address of their own only where the one of single jobs is as RunPod makes it.
    func take(_ count: Int, isBusy: Bool) -> String {
        var fields = [(name: "job_in_progress", value: isBusy ? "1" : "0")]
        var address = polled
        if count > 1, let batch = Self.replacing("/job-take/", by: "/job-take-batch/", in: address) {
            address = batch
            fields.insert((name: "batch_size", value: "\(count)"), at: 0)
        }
        return URLTemplate.adding(fields, to: address)
    }

    /// Where ids of jobs to stop are asked for; nil where the address of jobs is not as RunPod makes it.
    var stop: String? { Self.replacing("/job-take/", by: "/job-stop/", in: polled) }

    /// Where a job's results go, progress included.
    ///
    /// `worker` took the job: not always this one, when it delivers what another left behind.
    func result(of job: String, worker: String, isStream: Bool) -> String {
        posting(result, job, worker, isStream)
    }

    /// Where a chunk of a job's stream goes; nil: nowhere.
    func chunk(of job: String) -> String? { stream.map { posting($0, job, worker, false) } }

    /// Where this worker says that it lives; nil: nowhere.
    ///
    /// `fields`: what it says.
    func heartbeat(_ fields: [(name: String, value: String)]) -> String? {
        heartbeat.map { template in
            URLTemplate.adding(
                fields,
                to: template.filled(["RUNPOD_POD_ID": worker, "ID": worker], environment: environment)
            )
        }
    }

    private var polled: String {
        take.filled(["ID": worker, "RUNPOD_POD_ID": worker], environment: environment)
    }

    private func posting(_ template: URLTemplate, _ job: String, _ worker: String, _ isStream: Bool) -> String
    {
        URLTemplate.adding(
            [(name: "isStream", value: isStream ? "true" : "false")],
            to: template.filled(["RUNPOD_POD_ID": worker, "ID": job], environment: environment)
        )
    }

    private static func replacing(_ part: String, by other: String, in address: String) -> String? {
        guard let range = address.firstRange(of: part) else { return nil }
        return address.replacingCharacters(of: range, with: other)
    }
}

extension String {
    fileprivate func replacingCharacters(of range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
