import Testing

@testable import RunPod

@Suite("Stops that overtake their jobs")
struct StoppedJobsTests {
    private let start = ContinuousClock.now

    @Test("are remembered until the job comes, once")
    func remembered() {
        var stopped = StoppedJobs()
        stopped.add("a", at: start)
        #expect(stopped.take("b", at: start) == false)
        #expect(stopped.take("a", at: start.advanced(by: .seconds(30))) == true)
        #expect(stopped.take("a", at: start) == false)
    }

    @Test("are forgotten after ten minutes, and are never more than fit")
    func bounded() {
        var stopped = StoppedJobs()
        stopped.add("a", at: start)
        #expect(stopped.take("a", at: start.advanced(by: .seconds(601))) == false)
        for number in 0..<(StoppedJobs.capacity + 5) { stopped.add("\(number)", at: start) }
        #expect(stopped.take("\(StoppedJobs.capacity + 1)", at: start) == false)
        let later = start.advanced(by: .seconds(700))
        stopped.add("new", at: later)
        #expect(stopped.take("new", at: later) == true)
    }

    @Test("A process that was stopped for a while notices it, a busy one does not")
    func resume() {
        var watch = ResumeWatch()
        #expect(watch.look(.seconds(100)) == nil)
        #expect(watch.look(.seconds(101)) == nil)
        #expect(watch.look(.milliseconds(105_900)) == nil)
        #expect(watch.look(.milliseconds(165_900)) == .seconds(59))
        #expect(watch.look(.milliseconds(166_900)) == nil)
        // A clock that was set back.
        #expect(watch.look(.seconds(10)) == nil)
    }
}
