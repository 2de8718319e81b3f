/// How often and how fast a plugin that died is started again.
package struct RestartSettings: Sendable, Hashable {
    /// Deaths within the window that are forgiven; one more: quarantine.
    package var max = 5
    /// The window in which deaths are counted.
    package var within = Duration.seconds(60)
    /// Bounds of the longest pause before a start: the first after one death, doubled with each further one up to the second.
    package var backoff = Duration.milliseconds(100)...Duration.seconds(10)

    package init() {}
}
