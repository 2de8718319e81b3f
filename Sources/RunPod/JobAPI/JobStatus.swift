import RoostJSON
import WorkStore

/// A job as RunPod's job API shows it.
enum JobStatus {
    /// The platform's word for a state.
    static func name(_ state: WorkState) -> String {
        switch state {
        case .queued: "IN_QUEUE"
        case .working, .inputRequired: "IN_PROGRESS"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .cancelled: "CANCELLED"
        case .timedOut: "TIMED_OUT"
        }
    }

    /// Id and status alone, as `/run` and `/retry` answer.
    static func short(_ record: WorkRecord) -> [UInt8] {
        JSONValue.object(["id": .string(record.id), "status": .string(name(record.state))]).bytes
    }

    /// The whole status object as JSON text.
    ///
    /// `progress`: the latest word of a job at work, as JSON text. `now`: milliseconds of the Unix epoch. `isForWebhook`: true
    /// for the form a webhook gets, with the input and its own address.
    static func whole(
        _ record: WorkRecord,
        progress: [UInt8]?,
        worker: String,
        now: Int64,
        isForWebhook: Bool = false
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { status in
            if let started = record.started {
                status.member("delayTime", .integer(max(0, started - record.queued)))
                if let finished = record.finished {
                    status.member("executionTime", .integer(max(0, finished - started)))
                } else if progress != nil {
                    status.member("executionTime", .integer(max(0, now - started)))
                }
            }
            if case .error(let error) = record.outcome { status.member("error", raw: error) }
            status.member("id", string: record.id)
            if isForWebhook {
                let (input, extra) = JobSubmission.parts(of: record.request)
                status.member("input", raw: input.map { Array($0.bytes) } ?? Array("{}".utf8))
                if let webhook = extra["webhook"] { status.member("webhook", webhook) }
            }
            if case .result(let output) = record.outcome {
                status.member("output", raw: output)
            } else if !record.state.isFinal, let progress {
                status.member("output", raw: progress)
            }
            let retries = JobDetails(record.details)?.retries ?? 0
            if retries > 0 { status.member("retries", .integer(Int64(retries))) }
            status.member("status", string: name(record.state))
            if record.started != nil { status.member("workerId", string: worker) }
        }
        return writer.bytes
    }
}
