import Testing

@testable import Policies

@Suite("The cache's decisions: purging answers")
struct CachePurgeTests {
    private let graph = [CacheTag(plugin: "p", name: "graph")]
    private let label = CacheLabel.of(tags: ["graph"])

    @Test("a write drops what is kept under its tags, and nothing else")
    func write() throws {
        let test = TestMachine()
        let other = CacheLabel.of("other", tags: ["else"])
        for (number, label) in [(1, label), (2, other)] {
            let flight = try #require(test.lead(number, "ada", label))
            test.answer(flight, "A", label)
        }
        test.machine.beginWrite(graph)
        test.machine.endWrite(graph, doubt: nil, now: test.now)
        #expect(test.ask(1, "bob", label).words == "lead: call")
        #expect(test.ask(2, "bob", other).words == "hit A")
    }

    @Test("what was asked before a write ended is not kept, however late its answer comes")
    func readBeforeWrite() throws {
        // reads              writes
        // ada asks (old)
        //                    begins
        // bob asks (old or new)
        //                    ends
        // ada, bob answered
        // cy asks (new)
        let test = TestMachine()
        let ada = try #require(test.lead(1, "ada", label))
        test.machine.beginWrite(graph)
        let bob = try #require(test.lead(1, "bob", label))
        test.machine.endWrite(graph, doubt: nil, now: test.now)
        #expect(test.ask(1, "cy", label).words == "lead: call")
        #expect(!test.answer(ada, "old", label).isKept)
        #expect(!test.answer(bob, "old", label).isKept)
        #expect(test.ask(1, "dee", label).words == "wait")
    }

    @Test("what is asked and answered while somebody writes is not kept")
    func readInsideWrite() throws {
        let test = TestMachine()
        test.machine.beginWrite(graph)
        let flight = try #require(test.lead(1, "ada", label))
        #expect(!test.answer(flight, "old", label).isKept)
        test.machine.endWrite(graph, doubt: nil, now: test.now)
        let next = try #require(test.lead(1, "ada", label))
        #expect(test.answer(next, "new", label).isKept)
    }

    @Test("two writes at once count as two")
    func twoWrites() throws {
        let test = TestMachine()
        test.machine.beginWrite(graph)
        test.machine.beginWrite(graph)
        test.machine.endWrite(graph, doubt: nil, now: test.now)
        let flight = try #require(test.lead(1, "ada", label))
        #expect(!test.answer(flight, "A", label).isKept)
        test.machine.endWrite(graph, doubt: nil, now: test.now)
        let next = try #require(test.lead(1, "ada", label))
        #expect(test.answer(next, "B", label).isKept)
    }

    @Test("after a write that was given up nothing is kept while it may still be at work")
    func doubt() throws {
        let test = TestMachine()
        test.machine.beginWrite(graph)
        test.machine.endWrite(graph, doubt: .seconds(30), now: test.now)
        test.advance(.seconds(29))
        let flight = try #require(test.lead(1, "ada", label))
        #expect(!test.answer(flight, "A", label).isKept)
        test.advance(.seconds(1))
        let next = try #require(test.lead(1, "ada", label))
        #expect(test.answer(next, "B", label).isKept)
    }

    @Test("an operator purges by plugin, tool and tag, and what is under way is not kept")
    func purge() throws {
        let test = TestMachine()
        let other = CacheLabel.of("other")
        for (number, label) in [(1, label), (2, other)] {
            let flight = try #require(test.lead(number, "ada", label))
            test.answer(flight, "A", label)
        }
        let flight = try #require(test.lead(3, "bob", label))
        #expect(test.purge(CacheFilter(plugin: "q")) == 0)
        #expect(test.purge(CacheFilter(tool: "read", tag: "none")) == 0)
        #expect(test.purge(CacheFilter(plugin: "p", tag: "graph")) == 1)
        #expect(test.ask(2, "cy", other).words == "hit A")
        #expect(test.ask(3, "cy", label).words == "lead: call")
        let settlement = test.answer(flight, "B", label)
        #expect(settlement.answer == ["bob"] && !settlement.isKept)
        #expect(test.purge(.everything) == 1)
    }
}
