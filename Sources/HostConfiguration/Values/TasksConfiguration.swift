/// When calls become tasks, and how long tasks live.
package struct TasksConfiguration: Sendable, Hashable {
    /// False: the extension is not offered.
    ///
    /// Default true.
    package var isEnabled = true
    /// How long a request waits for its call before that becomes a task, longer than 0.
    ///
    /// Default 20 seconds.
    package var after: Duration = .seconds(20)
    /// How long one round of a task's work may take, longer than 0.
    ///
    /// Default 1 hour.
    package var deadline: Duration = .seconds(3_600)
    /// How long a task is kept after it ended, and waits for answers, longer than 0.
    ///
    /// Default 1 hour.
    package var timeToLive: Duration = .seconds(3_600)
    /// How often clients are told to ask, longer than 0.
    ///
    /// Default 1 second.
    package var pollInterval: Duration = .seconds(1)
    /// How long a worker may be silent before its tasks count as interrupted, at least 3 seconds.
    ///
    /// Default 15 seconds.
    package var lease: Duration = .seconds(15)
}
