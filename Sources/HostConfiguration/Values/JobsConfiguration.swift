package import OutboundHTTP

/// The jobs of the job API: how many wait and run, how long they are kept, who is told of their ends.
package struct JobsConfiguration: Sendable, Hashable {
    /// Jobs at work at once, at least 1.
    ///
    /// Default nil: as many as the busiest of the served plugins works on at once.
    package var concurrency: Int?
    /// Jobs that may wait; one more is refused.
    ///
    /// Default 10,000.
    package var queue = 10_000
    /// How long a job can be asked for after its end.
    ///
    /// Default 30 minutes.
    package var retention = Duration.seconds(1_800)
    /// The same for a job whose client waited for it.
    ///
    /// Default one minute.
    package var syncRetention = Duration.seconds(60)
    /// The longest output that is kept with a job, in bytes.
    ///
    /// Default 20 MB.
    package var maximumOutput = 20_000_000
    /// Whom clients may have told of a job's end; addresses that are not public only when they stand here themselves.
    ///
    /// Default: every public host.
    package var webhooks: [EgressEntry] = [EgressEntry("*")].compactMap { $0 }
}
