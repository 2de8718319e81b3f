import ArgumentParser
import RunPod

/// The words of a scaling policy.
struct ScaleOptions: ParsableArguments {
    @Option(help: "Fewest workers.")
    var min = 0

    @Option(help: "Most workers.")
    var max = 3

    @Option(help: "Jobs one worker does at a time.")
    var jobsPerWorker = 4

    @Option(help: "How far below the places of fewer workers the load must be, from 0 to 0.9.")
    var hysteresis = 0.2

    @Option(help: "Seconds the load must be low before a worker is given up.")
    var coolDown = 60.0

    @Option(help: "Most workers that are added at once; without it: as many as are wanted.")
    var step: Int?

    @Option(help: "Seconds between two looks.")
    var interval = 5.0

    func validate() throws {
        guard min >= 0, min <= max else {
            throw ValidationError("--min and --max are counts with 0 ≤ min ≤ max; found \(min) and \(max)")
        }
        guard jobsPerWorker >= 1 else {
            throw ValidationError("--jobs-per-worker is at least 1; found \(jobsPerWorker)")
        }
        guard (0...0.9).contains(hysteresis) else {
            throw ValidationError("--hysteresis is a share from 0 to 0.9; found \(hysteresis)")
        }
        guard (0...86_400).contains(coolDown), (0.1...3_600).contains(interval) else {
            throw ValidationError(
                "--cool-down is at most a day and --interval from 0.1 s to an hour, in seconds"
            )
        }
        if let step, step < 1 { throw ValidationError("--step is at least 1; found \(step)") }
    }

    var policy: ScalePolicy {
        var policy = ScalePolicy()
        policy.bounds = min...max
        policy.jobsPerWorker = jobsPerWorker
        policy.hysteresis = hysteresis
        policy.coolDown = .milliseconds(Int64(coolDown * 1_000))
        policy.step = step
        return policy
    }
}
