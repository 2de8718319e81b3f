/// When calls become tasks, and how long tasks live.
package struct TaskSettings: Sendable, Hashable {
    /// How long a request may wait for its call before that becomes a task.
    ///
    /// Default 20 seconds.
    package var after: Duration = .seconds(20)
    /// How long one round of a task's work may take.
    ///
    /// Default 1 hour. Holds in place of the host's limit for calls, and for tools that are always tasks in place of their
    /// plugin's.
    package var deadline: Duration = .seconds(3_600)
    /// How long a task is kept after it ended, and how long it waits for answers.
    ///
    /// Default 1 hour.
    package var timeToLive: Duration = .seconds(3_600)
    /// How often clients are told to ask.
    ///
    /// Default 1 second.
    package var pollInterval: Duration = .seconds(1)
    /// How long a worker may be silent before what it works on counts as interrupted.
    ///
    /// Default 15 seconds.
    package var lease: Duration = .seconds(15)

    package init() {}
}
