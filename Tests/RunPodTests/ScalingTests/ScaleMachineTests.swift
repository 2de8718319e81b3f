import RunPod
import Testing

@Suite("The scaling policy")
struct ScaleMachineTests {
    private let start = ContinuousClock.now

    private func policy(_ set: (inout ScalePolicy) -> Void = { _ in }) -> ScalePolicy {
        var policy = ScalePolicy()
        policy.bounds = 0...5
        set(&policy)
        return policy
    }

    private func sets(_ decision: ScaleMachine.Decision) -> Int? {
        if case .set(let workers, _) = decision { workers } else { nil }
    }

    @Test(
        "adds at once what the load needs, within the bounds",
        arguments: [(0, nil), (1, 1), (4, 1), (5, 2), (99, 5)]
    )
    func growth(_ load: Int, _ workers: Int?) {
        var machine = ScaleMachine(policy(), workers: 0)
        #expect(sets(machine.decide(load: load, at: start)) == workers)
    }

    @Test("adds no more than a step at a time") func step() {
        var machine = ScaleMachine(policy { $0.step = 2 }, workers: 0)
        #expect(
            [1, 2, 3, 4].map { sets(machine.decide(load: 99, at: start + .seconds($0))) } == [2, 4, 5, nil]
        )
    }

    @Test("gives a worker up only when fewer have done for the whole cool-down") func coolDown() {
        var machine = ScaleMachine(policy(), workers: 3)
        #expect(sets(machine.decide(load: 2, at: start)) == nil)
        #expect(sets(machine.decide(load: 2, at: start + .seconds(59))) == nil)
        #expect(sets(machine.decide(load: 2, at: start + .seconds(60))) == 1)
    }

    @Test("a burst within the cool-down begins it anew") func burst() {
        var machine = ScaleMachine(policy(), workers: 3)
        for (second, load) in [(0, 2), (50, 12), (61, 2), (119, 2)] {
            #expect(sets(machine.decide(load: load, at: start + .seconds(second))) == nil)
        }
        #expect(sets(machine.decide(load: 2, at: start + .seconds(121))) == 1)
    }

    @Test("a load at the edge of two counts does not swing between them") func hysteresis() {
        var machine = ScaleMachine(policy { $0.coolDown = .zero }, workers: 2)
        // Four jobs fill one worker to the brim: the second one stays.
        for second in 0..<100 {
            #expect(sets(machine.decide(load: 3 + second % 3, at: start + .seconds(second))) == nil)
        }
    }

    @Test("a count outside of the bounds is brought back") func bounds() {
        var machine = ScaleMachine(policy { $0.bounds = 1...3 }, workers: 9)
        #expect(sets(machine.decide(load: 100, at: start)) == 3)
        machine = ScaleMachine(policy { $0.bounds = 1...3 }, workers: 0)
        #expect(sets(machine.decide(load: 0, at: start)) == 1)
    }
}
