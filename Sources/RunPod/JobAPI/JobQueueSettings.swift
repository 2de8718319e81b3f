/// How jobs wait, run and are kept.
package struct JobQueueSettings: Sendable {
    /// Jobs at work at once.
    ///
    /// Default 32, what a plugin works on at once by default.
    package var concurrency = 32
    /// Jobs that may wait; one more is refused with 429.
    ///
    /// Default 10,000.
    package var queue = 10_000
    /// How long a job of `/run` can be asked for after its end.
    ///
    /// Default 30 minutes.
    package var retention = Duration.seconds(1_800)
    /// The same for a job of `/runsync`.
    ///
    /// Default one minute.
    package var syncRetention = Duration.seconds(60)
    /// Bytes of output that are kept with a job; a longer one is kept elsewhere, and the job names the place.
    ///
    /// Default 20 MB.
    package var maximumOutput = 20_000_000
    /// Chunks of one job that are kept until somebody reads its stream.
    ///
    /// Default 10,000 with 32 MB.
    var storedChunks = ChunkBuffer.Room(chunks: 10_000, bytes: 32_000_000)
    /// Chunks of one job that wait for room among those; the oldest go when there are more.
    ///
    /// Default 10,000 with 16 MB.
    var waitingChunks = ChunkBuffer.Room()
    /// Who works, for `workerId`.
    package var worker = "roost"
    /// How long a process that says nothing is believed to work on.
    ///
    /// Default 15 s; it speaks up three times within.
    package var lease = Duration.seconds(15)

    package init() {}
}
