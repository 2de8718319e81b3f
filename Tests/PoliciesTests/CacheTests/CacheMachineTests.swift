import Testing

@testable import Policies

@Suite("The cache's decisions: keeping and sharing answers")
struct CacheMachineTests {
    @Test("an answer is fresh for its time, and asked for again after it")
    func freshness() throws {
        let test = TestMachine()
        let label = CacheLabel.of(ttl: .seconds(60))
        let flight = try #require(test.lead(1, "ada", label))
        #expect(test.answer(flight, "A", label).answer == ["ada"])
        test.advance(.milliseconds(59_999))
        guard case .hit("A", let remaining) = test.ask(1, "bob", label) else { return #expect(Bool(false)) }
        #expect(remaining == .milliseconds(1))
        test.advance(.milliseconds(1))
        #expect(test.ask(1, "bob", label).words == "lead: call")
        #expect(test.machine.shelf.count == 0)
    }

    @Test("equal questions at once are one call; others are not")
    func singleFlight() throws {
        let test = TestMachine()
        let label = CacheLabel.of()
        let flight = try #require(test.lead(1, "ada", label))
        #expect(test.ask(1, "bob", label).words == "wait")
        #expect(test.ask(1, "cy", label).words == "wait")
        #expect(test.ask(2, "dee", label).words == "lead: call")
        #expect(test.answer(flight, "A", label).answer == ["ada", "bob", "cy"])
        #expect(test.machine.waiting.isEmpty)
        #expect(test.machine.flights.count == 1)
    }

    @Test("when the one who asks gives up, the next in line asks, each in turn")
    func withdrawn() throws {
        // ada               bob               cy
        // asks
        //                   joins             joins
        // gives up
        //                   asks
        //                   its deadline passes
        //                                     asks, answered
        let test = TestMachine()
        let label = CacheLabel.of()
        let flight = try #require(test.lead(1, "ada", label))
        _ = test.ask(1, "bob", label)
        _ = test.ask(1, "cy", label)
        let first = test.end(flight, .withdrawn)
        #expect(first.answer == ["ada"] && first.next == "bob")
        let second = test.end(flight, .withdrawn)
        #expect(second.answer == ["bob"] && second.next == "cy")
        #expect(test.answer(flight, "A", label).answer == ["cy"])
        #expect(test.ask(1, "dee", label).words == "hit A")
    }

    @Test("a failure is followed by one more attempt, and then it is everybody's")
    func failed() throws {
        let test = TestMachine()
        let label = CacheLabel.of()
        let flight = try #require(test.lead(1, "ada", label))
        for caller in ["bob", "cy", "dee"] { _ = test.ask(1, caller, label) }
        let first = test.end(flight, .failed)
        #expect(first.answer == ["ada"] && first.next == "bob")
        let second = test.end(flight, .failed)
        #expect(second.answer == ["bob", "cy", "dee"] && second.next == nil)
        #expect(test.machine.flights.isEmpty && test.machine.joinable.isEmpty)
    }

    @Test("a tool's error is everybody's answer, and not kept")
    func error() throws {
        let test = TestMachine()
        let label = CacheLabel.of()
        let flight = try #require(test.lead(1, "ada", label))
        _ = test.ask(1, "bob", label)
        #expect(test.end(flight, .answer).answer == ["ada", "bob"])
        #expect(test.ask(1, "cy", label).words == "lead: call")
    }

    @Test("what is for the one who asked only sends everybody else off on their own")
    func own() throws {
        let test = TestMachine()
        let label = CacheLabel.of()
        let flight = try #require(test.lead(1, "ada", label))
        _ = test.ask(1, "bob", label)
        let settlement = test.end(flight, .own)
        #expect(settlement.answer == ["ada"] && settlement.release == ["bob"])
        #expect(test.ask(1, "cy", label).words == "lead: call")
    }

    @Test("who waits keeps its own deadline, and may go")
    func waiting() throws {
        let test = TestMachine()
        let label = CacheLabel.of()
        let flight = try #require(test.lead(1, "ada", label))
        guard case .wait(_, let first) = test.ask(1, "bob", label, within: .seconds(5)),
            case .wait(_, let second) = test.ask(1, "cy", label, within: .seconds(2)),
            case .wait(let dee, let third) = test.ask(1, "dee", label, within: .seconds(9))
        else { return #expect(Bool(false)) }
        #expect(first == test.now + .seconds(5))
        #expect(second == test.now + .seconds(2))
        #expect(third == nil)
        let later = test.now + .seconds(5)
        test.advance(.seconds(2))
        let expiry = test.machine.expire(now: test.now)
        #expect(expiry.late == ["cy"] && expiry.arm == later)
        #expect(test.leave(dee) == "dee")
        #expect(test.leave(dee) == nil)
        #expect(test.answer(flight, "A", label).answer == ["ada", "bob"])
        let end = test.machine.expire(now: test.now)
        #expect(end.late == [] && end.arm == nil)
    }

    @Test("a stale answer is served while one call in the background fetches the next")
    func staleWhileRevalidate() throws {
        let test = TestMachine()
        let label = CacheLabel.of(ttl: .seconds(10), whileRevalidate: .seconds(20))
        let flight = try #require(test.lead(1, "ada", label))
        test.answer(flight, "A", label)
        test.advance(.seconds(15))
        guard case .stale("A", let refresh?) = test.ask(1, "bob", label) else { return #expect(Bool(false)) }
        #expect(refresh.need == .call)
        #expect(test.ask(1, "cy", label).words == "stale A")
        #expect(test.answer(refresh.flight, "B", label).answer == [])
        #expect(test.ask(1, "dee", label).words == "hit B")
        test.advance(.seconds(30))
        #expect(test.ask(1, "eve", label).words == "lead: call")
    }

    @Test("a failed refresh is not tried again at once, and hurts nobody")
    func failedRefresh() throws {
        let test = TestMachine()
        let label = CacheLabel.of(ttl: .seconds(10), whileRevalidate: .seconds(60))
        let flight = try #require(test.lead(1, "ada", label))
        test.answer(flight, "A", label)
        test.advance(.seconds(11))
        guard case .stale(_, let refresh?) = test.ask(1, "bob", label) else { return #expect(Bool(false)) }
        let settlement = test.end(refresh.flight, .failed)
        #expect(settlement.answer == [] && settlement.next == nil)
        #expect(test.ask(1, "cy", label).words == "stale A")
        test.advance(.seconds(5))
        #expect(test.ask(1, "dee", label).words == "stale A, refresh")
    }

    @Test("whoever comes after the stale time joins the refresh that is still under way")
    func lateRefresh() throws {
        let test = TestMachine()
        let label = CacheLabel.of(ttl: .seconds(10), whileRevalidate: .seconds(10))
        let flight = try #require(test.lead(1, "ada", label))
        test.answer(flight, "A", label)
        test.advance(.seconds(15))
        guard case .stale(_, let refresh?) = test.ask(1, "bob", label) else { return #expect(Bool(false)) }
        test.advance(.seconds(10))
        #expect(test.ask(1, "cy", label).words == "wait")
        let failed = test.end(refresh.flight, .failed)
        #expect(failed.answer == [] && failed.next == "cy")
        #expect(test.answer(refresh.flight, "B", label).answer == ["cy"])
        #expect(test.machine.refreshing.isEmpty)
    }

    @Test(
        "a kept answer stands in for a failure, as long as it may",
        arguments: ["failed", "answer", "withdrawn"]
    )
    func staleIfError(_ kind: String) throws {
        let test = TestMachine()
        let ending: TestMachine.Machine.Ending =
            ["failed": .failed, "answer": .answer][kind] ?? .withdrawn
        let label = CacheLabel.of(ttl: .seconds(10), ifError: .seconds(60))
        let flight = try #require(test.lead(1, "ada", label))
        test.answer(flight, "A", label)
        test.advance(.seconds(30))
        let second = try #require(test.lead(1, "bob", label))
        _ = test.ask(1, "cy", label)
        let settlement = test.end(second, ending)
        #expect(settlement.answer == [] && settlement.kept == "A")
        if kind == "withdrawn" {
            #expect(settlement.fallback == ["bob"] && settlement.next == "cy")
            return
        }
        #expect(settlement.fallback == ["bob", "cy"])
        test.advance(.seconds(40))
        let third = try #require(test.lead(1, "dee", label))
        #expect(test.end(third, ending).answer == ["dee"])
    }

    @Test("memory is bounded in bytes: what was used longest ago makes room, the too large is not kept")
    func bounded() throws {
        let test = TestMachine(capacity: 800)
        let label = CacheLabel.of()
        for number in 0..<8 {
            let flight = try #require(test.lead(number, "ada", label))
            test.answer(flight, String(repeating: "x", count: 100), label)
        }
        #expect(test.machine.shelf.bytes == 800)
        #expect(test.ask(0, "ada", label).words.hasPrefix("hit"))
        let flight = try #require(test.lead(8, "ada", label))
        test.answer(flight, String(repeating: "x", count: 100), label)
        #expect(test.machine.shelf.bytes == 800 && test.machine.shelf.evictions == 1)
        #expect(test.ask(0, "ada", label).words.hasPrefix("hit"))
        #expect(test.lead(1, "ada", label) != nil)
        let large = try #require(test.lead(9, "ada", label))
        test.answer(large, String(repeating: "x", count: 101), label)
        #expect(test.machine.shelf.bytes == 800)
        #expect(test.lead(9, "ada", label) != nil)
    }
}
