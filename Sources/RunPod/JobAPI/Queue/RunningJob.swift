/// A job this process works on.
struct RunningJob: Sendable {
    /// Cancelling it cancels the plugin's call.
    let task: Task<Void, Never>
    /// Ends it when it takes too long.
    let timer: Task<Void, Never>
    let progress: JobProgress
}
