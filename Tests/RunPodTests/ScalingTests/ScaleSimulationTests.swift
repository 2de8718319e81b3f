import RunPod
import Testing

@Suite("A simulated endpoint")
struct ScaleSimulationTests {
    private func simulation(_ set: (inout ScalePolicy) -> Void = { _ in }) -> ScaleSimulation {
        var policy = ScalePolicy()
        policy.bounds = 0...4
        policy.jobsPerWorker = 1
        policy.coolDown = .seconds(10)
        set(&policy)
        return ScaleSimulation(policy: policy, coldStart: 5, interval: 1, price: 0.5)
    }

    @Test(
        "one job on a sleeping endpoint waits for the cold start, and its worker is paid until the cool-down is over"
    )
    func one() {
        let outcome = simulation().run([TraceJob(arrival: 100, duration: 2)])
        #expect(outcome.jobs == 1 && outcome.waits == [5] && outcome.latencies == [7])
        #expect(outcome.workersStarted == 1 && outcome.mostWorkers == 1)
        // Added at 100, idle since 107, seen so at 107, given up at 117.
        #expect(outcome.workerSeconds == 17 && outcome.cost == 8.5)
    }

    @Test("a worker that is always there answers at once, and is paid all the time") func warm() {
        let outcome = simulation { $0.bounds = 1...1 }.run(
            (0..<10).map { TraceJob(arrival: Double($0) * 10, duration: 1) }
        )
        #expect(outcome.waits.allSatisfy { $0 == 0 } && outcome.latency(0.99) == 1)
        #expect(outcome.workersStarted == 1 && outcome.workerSeconds == 91)
    }

    @Test("jobs are taken in the order they came, and the bound of workers holds") func queue() {
        let outcome = simulation { $0.bounds = 2...2 }.run(
            (0..<6).map { _ in TraceJob(arrival: 0, duration: 3) }
        )
        #expect(outcome.waits == [0, 0, 3, 3, 6, 6] && outcome.mostWorkers == 2)
    }

    @Test("no job is lost and no worker does more than it may, whatever the trace", arguments: 0..<20)
    func anything(_ seed: UInt64) {
        var generator = Generator(state: seed)
        var arrival = 0.0
        let trace = (0..<300).map { _ in
            arrival += Double.random(in: 0...4, using: &generator)
            return TraceJob(arrival: arrival, duration: Double.random(in: 0...9, using: &generator))
        }
        let outcome = simulation { $0.jobsPerWorker = 2 }.run(trace)
        let work = trace.reduce(0) { $0 + $1.duration }
        #expect(outcome.jobs == 300 && outcome.waits.allSatisfy { $0 >= 0 } && outcome.mostWorkers <= 4)
        #expect(outcome.workerSeconds * 2 >= work, "work needs paid time")
        #expect(outcome.latency(0.5) <= outcome.latency(0.99))
    }

    @Test("more workers never make the median wait longer") func bounds() {
        let trace = (0..<200).map { TraceJob(arrival: Double($0), duration: 3) }
        let waits = (1...4).map { most in simulation { $0.bounds = 0...most }.run(trace).wait(0.5) }
        #expect(waits == waits.sorted(by: >))
    }

    @Test(
        "a trace that cannot be read is refused by its line",
        arguments: [
            ("a,b\n1,2\nx,2", "line 3"), ("1", "line 1"), ("1,-2", "line 1"), ("", "at least one"),
            ("1,nan", "line 1"),
        ]
    )
    func faults(_ text: String, _ word: String) throws {
        let fault = try #require(throws: TraceJob.Fault.self) { try TraceJob.trace(text) }
        #expect("\(fault)".contains(word))
    }

    @Test("a trace is put in order; a head line and empty lines are passed over") func trace() throws {
        let jobs = try TraceJob.trace("arrival,duration\r\n5,1\r\n\n2.5, 0.5\n")
        #expect(jobs == [TraceJob(arrival: 2.5, duration: 0.5), TraceJob(arrival: 5, duration: 1)])
    }

    /// SplitMix64: the same numbers for the same seed.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
