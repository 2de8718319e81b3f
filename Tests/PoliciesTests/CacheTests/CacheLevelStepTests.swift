import Testing

@testable import Policies

@Suite("The cache's decisions: with a second level")
struct CacheLevelStepTests {
    private let label = CacheLabel.of(ttl: .seconds(60), whileRevalidate: .seconds(30))
    private let tagged = CacheLabel.of(tags: ["graph"])

    @Test("the level is asked before the plugin, and its answer serves everybody who waits")
    func found() throws {
        let test = TestMachine(level: .own)
        let flight = try #require(test.lead(1, "ada", label))
        #expect(test.ask(1, "bob", label).words == "wait")
        let found = TestMachine.Machine.Reading.found("A", bytes: 1, age: .seconds(20), stamp: [1])
        #expect(test.read(flight, found).words == "serve ada bob: A")
        guard case .hit("A", let remaining) = test.ask(1, "cy", label) else { return #expect(Bool(false)) }
        #expect(remaining == .seconds(40))
    }

    @Test("without it the first who still waits asks the plugin, and the level is to keep the answer")
    func absent() throws {
        let test = TestMachine(level: .own)
        guard case .lead(let flight, let ada, .record, _) = test.ask(1, "ada", label) else {
            return #expect(Bool(false))
        }
        _ = test.ask(1, "bob", label)
        #expect(test.leave(ada) == "ada")
        #expect(test.read(flight, .absent([7])).words == "call: bob")
        let settlement = test.answer(flight, "B", label)
        #expect(settlement.answer == ["bob"])
        #expect(settlement.keep?.stamp == [7] && settlement.keep?.value == "B")
    }

    @Test("when everybody has gone the plugin is left in peace")
    func gone() throws {
        let test = TestMachine(level: .own)
        guard case .lead(let flight, let ada, _, _) = test.ask(1, "ada", label) else {
            return #expect(Bool(false))
        }
        #expect(test.leave(ada) == "ada")
        #expect(test.read(flight, .absent([7])).words == "rest")
        #expect(test.machine.flights.isEmpty && test.machine.joinable.isEmpty)
    }

    @Test("what the level has kept too long is asked for again, what is stale is served and fetched anew")
    func age() throws {
        let test = TestMachine(level: .own)
        let old = try #require(test.lead(1, "ada", label))
        let tooOld = TestMachine.Machine.Reading.found("A", bytes: 1, age: .seconds(91), stamp: [1])
        #expect(test.read(old, tooOld).words == "call: ada")
        let stale = try #require(test.lead(2, "bob", label))
        let found = TestMachine.Machine.Reading.found("B", bytes: 1, age: .seconds(61), stamp: [1])
        #expect(test.read(stale, found).words == "serve bob: B, refresh")
        #expect(test.ask(2, "cy", label).words == "stale B")
        #expect(test.answer(stale, "C", label).answer == [])
        #expect(test.ask(2, "dee", label).words == "hit C")
    }

    @Test("what was read while somebody wrote is not believed")
    func readAcrossWrite() throws {
        let test = TestMachine(level: .own)
        let graph = [CacheTag(plugin: "p", name: "graph")]
        let flight = try #require(test.lead(1, "ada", tagged))
        test.machine.beginWrite(graph)
        let found = TestMachine.Machine.Reading.found("old", bytes: 1, age: .zero, stamp: [1])
        #expect(test.read(flight, found).words == "call: ada")
        let second = try #require(test.lead(2, "bob", tagged))
        #expect(test.read(second, found).words == "call: bob")
        test.machine.wrote(graph)
        test.machine.endWrite(graph, doubt: nil, now: test.now)
        let third = try #require(test.lead(2, "cy", tagged))
        #expect(test.read(third, found).words == "serve cy: old")
    }

    @Test("an answer under a tag is checked against a shared level each time, one without now and then")
    func check() throws {
        let test = TestMachine(level: .shared)
        for (number, label) in [(1, label), (2, tagged)] {
            let flight = try #require(test.lead(number, "ada", label))
            _ = test.read(flight, .absent([5]))
            test.answer(flight, "A", label)
        }
        #expect(test.ask(1, "bob", label).words == "hit A")
        guard case .lead(let flight, _, .stamp, _) = test.ask(2, "bob", tagged) else {
            return #expect(Bool(false))
        }
        #expect(test.ask(2, "cy", tagged).words == "wait")
        #expect(test.stamped(flight, [5]).words == "serve bob cy: A")
        test.advance(.seconds(1))
        let second = try #require(test.lead(1, "dee", label))
        #expect(test.stamped(second, [5]).words == "serve dee: A")
        #expect(test.ask(1, "eve", label).words == "hit A")
    }

    @Test("what another host has purged is not served")
    func purgedElsewhere() throws {
        let test = TestMachine(level: .shared)
        let flight = try #require(test.lead(1, "ada", tagged))
        _ = test.read(flight, .absent([5]))
        test.answer(flight, "A", tagged)
        let second = try #require(test.lead(1, "bob", tagged))
        #expect(test.stamped(second, [6]).words == "read")
        #expect(test.read(second, .absent([6])).words == "call: bob")
    }

    @Test("while a shared level is away, answers under tags are not served and those without are")
    func away() throws {
        let test = TestMachine(level: .shared)
        for (number, label) in [(1, label), (2, tagged)] {
            let flight = try #require(test.lead(number, "ada", label))
            _ = test.read(flight, .absent([5]))
            test.answer(flight, "A", label)
        }
        test.advance(.seconds(2))
        let plain = try #require(test.lead(1, "bob", label))
        #expect(test.stamped(plain, nil).words == "serve bob: A")
        let other = try #require(test.lead(2, "bob", tagged))
        #expect(test.stamped(other, nil).words == "call: bob")
        let settlement = test.answer(other, "B", tagged)
        #expect(settlement.keep == nil)
        // What was kept meanwhile has no generations that could be checked.
        let third = try #require(test.lead(2, "cy", tagged))
        #expect(test.stamped(third, [5]).words == "read")
    }

    @Test("a check does not wait for the refresh that is under way")
    func checkBesideRefresh() throws {
        let label = CacheLabel.of(tags: ["graph"], ttl: .seconds(10), whileRevalidate: .seconds(60))
        let test = TestMachine(level: .shared)
        let flight = try #require(test.lead(1, "ada", label))
        _ = test.read(flight, .absent([5]))
        test.answer(flight, "A", label)
        test.advance(.seconds(11))
        let second = try #require(test.lead(1, "bob", label))
        #expect(test.stamped(second, [5]).words == "serve bob: A, refresh")
        let third = try #require(test.lead(1, "cy", label))
        #expect(test.stamped(third, [5]).words == "serve cy: A")
        _ = test.answer(second, "B", label)
        #expect(test.machine.refreshing.isEmpty)
    }
}
