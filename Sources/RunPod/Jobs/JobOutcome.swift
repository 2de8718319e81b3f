/// How a job ended.
package enum JobOutcome: Sendable, Hashable {
    /// The output as JSON text.
    case completed([UInt8])
    /// A sentence for whoever sent the job.
    case failed(String)
    /// The task that ran it was cancelled, and the plugin's call with it.
    case cancelled
}
