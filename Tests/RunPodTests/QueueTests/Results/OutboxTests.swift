import Testing

@testable import RunPod

@Suite("What is still to be told of a job")
struct OutboxTests {
    private let start = ContinuousClock.now
    private var outbox = Outbox(maximumChunk: 1_000)
    private let body = Array("{}".utf8)
    private let ok = Outbox.Answer.status(200, retryAfter: nil)

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

    @Test("chunks, then progress, then the result, one after the other")
    mutating func order() {
        outbox.add(progress: [1])
        outbox.add(chunk: [2])
        outbox.add(chunk: [3])
        #expect(outbox.next(at: start) == .post(.chunk([2])))
        #expect(outbox.next(at: start) == .idle)
        outbox.answered(ok, at: start, random: 0)
        #expect(outbox.next(at: start) == .post(.chunk([3])))
        outbox.answered(ok, at: start, random: 0)
        #expect(outbox.next(at: start) == .post(.progress([1])))
        outbox.finish(body)
        // The result waits for the progress that is on its way.
        #expect(outbox.next(at: start) == .idle)
        outbox.answered(ok, at: start, random: 0)
        #expect(outbox.next(at: start) == .post(.result(body, isStream: true)))
        outbox.answered(ok, at: start, random: 0)
        #expect(outbox.next(at: start) == .ended(.delivered))
    }

    @Test("of progress only the newest, and none once there is a result")
    mutating func progress() {
        outbox.add(progress: [1])
        outbox.add(progress: [2])
        #expect(outbox.next(at: start) == .post(.progress([2])))
        outbox.add(progress: [3])
        outbox.answered(.none(mayHaveArrived: true), at: start, random: 0)
        #expect(outbox.next(at: start) == .post(.progress([3])))
        outbox.finish(body)
        outbox.answered(.status(500, retryAfter: nil), at: start, random: 0)
        #expect(outbox.next(at: start) == .post(.result(body, isStream: false)))
    }

    @Test(
        "a result is sent until the queue has it",
        arguments: [
            Outbox.Answer.status(500, retryAfter: nil), .status(502, retryAfter: nil),
            .status(429, retryAfter: nil),
            .status(408, retryAfter: nil), .status(401, retryAfter: nil), .none(mayHaveArrived: true),
            .none(mayHaveArrived: false),
        ]
    )
    mutating func again(_ answer: Outbox.Answer) {
        outbox.finish(body)
        var now = start
        for _ in 0..<40 {
            #expect(outbox.next(at: now) == .post(.result(body, isStream: false)))
            outbox.answered(answer, at: now, random: 1)
            guard case .wait(let until) = outbox.next(at: now) else {
                Issue.record("no pause")
                return
            }
            #expect(until > now && until - now <= .seconds(15))
            now = until
        }
        _ = outbox.next(at: now)
        outbox.answered(ok, at: now, random: 1)
        #expect(outbox.next(at: now) == .ended(.delivered))
    }

    @Test("Retry-After is kept to")
    mutating func retryAfter() {
        outbox.finish(body)
        _ = outbox.next(at: start)
        outbox.answered(.status(429, retryAfter: .seconds(7)), at: start, random: 0)
        #expect(outbox.next(at: start) == .wait(until: at(7)))
        // A process that was stopped for a while asks at once.
        outbox.forget()
        #expect(outbox.next(at: start) == .post(.result(body, isStream: false)))
    }

    @Test(
        "refused for good at once, or with 400 at the fourth time",
        arguments: [
            (404, 1), (413, 1), (422, 1), (410, 1), (400, 4),
        ]
    )
    mutating func refused(_ status: Int, _ tries: Int) {
        outbox.finish(body)
        var now = start
        for number in 1...tries {
            #expect(outbox.next(at: now) == .post(.result(body, isStream: false)))
            outbox.answered(.status(status, retryAfter: nil), at: now, random: 1)
            #expect(outbox.hasEnded == (number == tries))
            now = now.advanced(by: .seconds(20))
        }
        #expect(outbox.next(at: now) == .ended(.refused(status)))
    }

    /// ```
    /// worker ──result──▶ queue: COMPLETED
    ///        ◀─ ✂ ──200──
    ///        ──result──▶ queue: 400, it has a result
    /// ```
    @Test("a refusal after an answer that was lost means that the queue has it", arguments: [400, 404, 409])
    mutating func deliveredBefore(_ status: Int) {
        outbox.finish(body)
        _ = outbox.next(at: start)
        outbox.answered(.none(mayHaveArrived: true), at: start, random: 0)
        _ = outbox.next(at: at(20))
        outbox.answered(.status(status, retryAfter: nil), at: at(20), random: 0)
        #expect(outbox.next(at: at(20)) == .ended(.deliveredBefore))
    }

    @Test("a request that never left proves nothing")
    mutating func neverLeft() {
        outbox.finish(body)
        _ = outbox.next(at: start)
        outbox.answered(.none(mayHaveArrived: false), at: start, random: 0)
        _ = outbox.next(at: at(20))
        outbox.answered(.status(404, retryAfter: nil), at: at(20), random: 0)
        #expect(outbox.next(at: at(20)) == .ended(.refused(404)))
    }

    @Test("a part of the stream that is refused does not hold the result up")
    mutating func lostPart() {
        outbox.add(chunk: [1])
        outbox.finish(body)
        _ = outbox.next(at: start)
        outbox.answered(.status(404, retryAfter: nil), at: start, random: 0)
        #expect(outbox.lostParts == 1)
        #expect(outbox.next(at: start) == .post(.result(body, isStream: true)))
    }
}
