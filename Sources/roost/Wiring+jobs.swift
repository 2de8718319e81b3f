import Gateway
import HostConfiguration
import OutboundHTTP
import RunPod
import Telemetry
import Transports
import WorkStore

/// Jobs: what runs them, and the queue of the job API.
extension Wiring {
    /// What runs a job, from RunPod's queue or from the job API.
    ///
    /// `http`: the host's own addresses; `gateway`: nil while the plugins are being prepared.
    func jobRunner(_ http: LocalHTTP, gateway: @escaping @Sendable () -> Gateway?) -> HostJobRunner {
        let server = ProcessEnvironment.variables["SERVER_TYPE"]
        return HostJobRunner(gateway: gateway, http: http, server: server?.isEmpty == true ? nil : server)
    }

    /// The queue of the job API; nil where there is no store.
    func jobQueue(_ store: (any WorkStore)?, _ runner: any JobRunner) -> JobQueue? {
        guard let store else { return nil }
        let wanted = configuration.jobs
        var settings = JobQueueSettings()
        let busiest = configuration.selectedPlugins.map(\.limits.concurrency).max()
        settings.concurrency = wanted.concurrency ?? busiest ?? settings.concurrency
        settings.queue = wanted.queue
        settings.retention = wanted.retention
        settings.syncRetention = wanted.syncRetention
        settings.maximumOutput = wanted.maximumOutput
        if let worker = ProcessEnvironment.variables["RUNPOD_POD_ID"], !worker.isEmpty {
            settings.worker = worker
        }
        let answers = answerStore
        return JobQueue(
            store: store,
            runner: runner,
            settings: settings,
            webhooks: JobWebhooks(
                client: outbound,
                egress: EgressRules(wanted.webhooks, holder: "a job's webhook"),
                logger: logger
            ),
            reference: { output, id in
                let kept = try await answers.keep(output, for: id, mediaType: "application/json")
                return ResultBody.reference(kept, limit: wanted.maximumOutput)
            },
            logger: logger,
            now: { WallClock.nanoseconds / 1_000_000 }
        )
    }
}
