/// Who wants to know how tasks get on.
///
/// Functions may come on any thread, an older state perhaps after a newer one, and must not block.
protocol TaskWatcher: AnyObject, Sendable {
    /// The task stands like this now.
    func taskChanged(_ entry: TaskEntry)
    /// The task is gone: it expired.
    func taskGone(_ id: String)
}
