import RoostJSON

/// Why a job failed, in the six members that RunPod's own worker reports an exception with.
///
/// It travels as a text inside `error`, which must be a text; clients that look for `error_message` find it.
struct FailureReport: Sendable {
    /// What kind of failure it is.
    enum Kind: String, Sendable {
        /// The job's own: what it asked for did not work.
        case job = "JobFailed"
        /// The worker was told to stop before the job ended.
        case stopping = "WorkerStopping"
        /// The worker ended while it worked on the job.
        case lost = "WorkerLost"
        /// What came from the queue is no job that can be read.
        case malformed = "MalformedJob"
        /// The output is longer than the queue takes and could be kept nowhere.
        case tooLong = "OutputTooLong"
    }

    let kind: Kind
    let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    func text(_ settings: QueueSettings) -> String {
        let report: JSONObject = [
            "error_type": .string(kind.rawValue), "error_message": .string(message), "error_traceback": "",
            "hostname": .string(settings.hostName), "worker_id": .string(settings.worker),
            "runpod_version": .string(settings.version),
        ]
        return JSONValue.object(report).text
    }

    /// What is said of an output that is no JSON: a fault of this program.
    static func unreadable(_ output: [UInt8]) -> String {
        "the output is no JSON: \(String(decoding: output.prefix(200), as: UTF8.self))"
    }
}
