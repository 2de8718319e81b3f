/// How a worker of a RunPod queue works.
package struct QueueConfiguration: Sendable, Hashable {
    /// Jobs it works on at once, at least 1.
    ///
    /// Default nil: as many as its plugins take calls at once, together.
    package var concurrency: Int?
    /// Bytes of a result that the queue takes for a job of /run; longer ones are kept elsewhere.
    ///
    /// Default 10 MB.
    package var maxResult = 10_000_000
    /// The same for /runsync.
    ///
    /// Default 20 MB.
    package var maxSyncResult = 20_000_000
    /// How long another worker must have been silent before this one delivers what it left on the volume.
    ///
    /// Default two minutes; a worker that lives says so every 15 seconds.
    package var adoptAfter: Duration = .seconds(120)
}
