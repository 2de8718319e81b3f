import Testing

@testable import Redis

@Suite("The life of a connection to Redis")
struct LinkLifeTests {
    @Test("good, lost, paused, good again")
    func round() {
        var life = LinkLife()
        #expect(life.isBeginning)
        #expect(life.greeted() == false, "the first success is no news")
        #expect(life.phase == .ready)
        #expect(life.lost("reset", jitter: 1) == .init(pause: .milliseconds(20), isNews: true))
        #expect(life.problem == "reset")
        #expect(life.paused() == true)
        #expect(!life.isBeginning, "commands are refused while it is unknown whether Redis came back")
        #expect(life.greeted() == true, "that it came back is news")
        #expect(life.problem == nil)
    }

    @Test("pauses double up to two seconds, and are good for one line in the log")
    func backoff() {
        var life = LinkLife()
        var pauses: [Duration] = []
        for attempt in 0..<9 {
            let loss = life.lost("refused", jitter: 1)
            #expect(loss?.isNews == (attempt == 0))
            pauses.append(loss?.pause ?? .zero)
            #expect(life.paused() == true)
        }
        #expect(pauses == [20, 40, 80, 160, 320, 640, 1_280, 2_000, 2_000].map { .milliseconds($0) })
    }

    @Test("jitter takes up to half of a pause away", arguments: [0.0, 0.5, 1.0])
    func jitter(_ jitter: Double) {
        var life = LinkLife()
        #expect(life.lost("refused", jitter: jitter)?.pause == .milliseconds(10) + .milliseconds(10) * jitter)
    }

    @Test("one loss counts once, and nothing follows the end")
    func late() {
        var life = LinkLife()
        #expect(life.lost("first", jitter: 0) != nil)
        #expect(life.lost("the same, told twice", jitter: 0) == nil)
        life.close()
        #expect(life.paused() == false)
        #expect(life.lost("late", jitter: 0) == nil)
        #expect(life.greeted() == false)
    }
}
