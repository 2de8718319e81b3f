/// How many workers an endpoint is to have for the work it has.
///
/// Workers wanted = jobs that wait or run ÷ jobs one worker does at a time, within the bounds. Growth is immediate, because
/// somebody waits; shrinking waits until the load has been low for a while, because a cold start costs more than a short idle
/// time.
package struct ScalePolicy: Sendable, Equatable {
    /// Fewest and most workers.
    ///
    /// Default 0 to 3.
    package var bounds = 0...3
    /// Jobs one worker does at a time, at least 1.
    ///
    /// Default 4.
    package var jobsPerWorker = 4
    /// By how much the load must be below what fewer workers could do before one is given up, as a share from 0 to 0.9.
    ///
    /// Default 0.2. Without it a load at the edge between two counts would change the count at every look.
    package var hysteresis = 0.2
    /// How long the load must be low before a worker is given up.
    ///
    /// Default 60 s.
    package var coolDown = Duration.seconds(60)
    /// How many workers are added at once at most; nil: as many as are wanted.
    package var step: Int?

    package init() {}

    /// Workers for a load, without any regard to what there is.
    package func wanted(for load: Int) -> Int {
        let workers = (max(0, load) + jobsPerWorker - 1) / max(1, jobsPerWorker)
        return min(max(workers, bounds.lowerBound), bounds.upperBound)
    }

    /// The fewest workers that would do a load with room to spare.
    func comfortable(for load: Int) -> Int {
        let room = Double(jobsPerWorker) * (1 - hysteresis)
        let workers = Int((Double(max(0, load)) / max(room, 0.1)).rounded(.up))
        return min(max(workers, bounds.lowerBound), bounds.upperBound)
    }
}
