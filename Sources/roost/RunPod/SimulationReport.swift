import RunPod

/// What a simulated endpoint did, for a person.
struct SimulationReport {
    private let outcome: ScaleSimulation.Outcome

    init(_ outcome: ScaleSimulation.Outcome) { self.outcome = outcome }

    var text: String {
        """
        jobs      \(outcome.jobs)
        latency   p50 \(Figure.seconds(outcome.latency(0.5)))  p95 \(Figure.seconds(outcome.latency(0.95)))  p99 \(Figure.seconds(outcome.latency(0.99)))
        of which waiting   p50 \(Figure.seconds(outcome.wait(0.5)))  p95 \(Figure.seconds(outcome.wait(0.95)))  p99 \(Figure.seconds(outcome.wait(0.99)))
        workers   mean \(Figure.decimal(outcome.meanWorkers))  most \(outcome.mostWorkers)  started \(outcome.workersStarted)
        paid      \(Figure.seconds(outcome.workerSeconds)) of workers in \(Figure.seconds(outcome.span))
        cost      \(Figure.decimal(outcome.cost, places: 4))
        """
    }
}
