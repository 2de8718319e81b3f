/// How often and how fast a plugin that died is started again.
package struct PluginRestart: Sendable, Hashable {
    /// Deaths within the window that are forgiven, 0 to 1,000; one more puts the plugin in quarantine.
    ///
    /// Default 5.
    package var max = 5
    /// The window in which deaths are counted, longer than 0.
    ///
    /// Default 60 seconds.
    package var within: Duration = .seconds(60)
    /// The pause before a start: the first bound after the first death, doubled with each further one up to the second.
    ///
    /// Default 100 ms to 10 s.
    package var backoff: ClosedRange<Duration> = .milliseconds(100) ... .seconds(10)
}
