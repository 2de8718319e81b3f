import Testing

@testable import RoostKit

@Suite("The log of a call's rounds")
struct RoundLogTests {
    private let question = InputRequest(method: "elicitation/create", params: ["message": "?"])

    private func log(state: String = "", responses: String = "{}") throws -> RoundLog {
        try RoundLog(state: Array(state.utf8), responses: view(responses))
    }

    private func state(of log: RoundLog) throws -> String {
        try #require(try json(String(decoding: log.bytes, as: UTF8.self))["state"]?.string)
    }

    @Test("asks in the first round, under the question's key")
    func first() throws {
        var log = try log()
        let found1 = log.answer(for: "name")
        #expect(found1 == nil)
        log.ask("name", question)
        #expect(log.isWaiting)
        let asked = try json(String(decoding: log.bytes, as: UTF8.self))
        #expect(
            asked["inputRequests"] == ["name": ["method": "elicitation/create", "params": ["message": "?"]]]
        )
    }

    @Test("carries the answers of earlier rounds in its state, because each round brings only its own")
    func carries() throws {
        var second = try log(responses: #"{"one":1}"#)
        let found2 = second.answer(for: "one")
        #expect(found2 == 1)
        second.ask("two", question)
        var third = try log(state: try state(of: second), responses: #"{"two":2}"#)
        let found3 = third.answer(for: "one")
        #expect(found3 == 1)
        let found4 = third.answer(for: "two")
        #expect(found4 == 2)
        #expect(!third.isWaiting)
    }

    @Test("forgets answers to questions nobody asked")
    func forgets() throws {
        var second = try log(responses: #"{"one":1,"other":2}"#)
        let found5 = second.answer(for: "one")
        #expect(found5 == 1)
        second.ask("two", question)
        var third = try log(state: try state(of: second))
        let found6 = third.answer(for: "other")
        #expect(found6 == nil)
    }

    @Test("drops an answer that could not be used and asks again")
    func asksAgain() throws {
        var second = try log(responses: #"{"one":12345}"#)
        let found7 = second.answer(for: "one")
        #expect(found7 == 12345)
        second.ask("one", question)
        var third = try log(state: try state(of: second))
        let found8 = third.answer(for: "one")
        #expect(found8 == nil)
    }

    @Test("carries the results of steps done once")
    func steps() throws {
        var first = try log()
        let found9 = first.result(of: "step")
        #expect(found9 == nil)
        first.remember(["id": 7], of: "step")
        first.ask("one", question)
        var second = try log(state: try state(of: first))
        let found10 = second.result(of: "step")
        #expect(found10 == ["id": 7])
        second.ask("one", question)
        var third = try log(state: try state(of: second))
        let found11 = third.result(of: "step")
        #expect(found11 == ["id": 7])
    }

    @Test("gives another state in every round")
    func differs() throws {
        var first = try log()
        first.ask("one", question)
        let before = try state(of: first)
        var second = try log(state: before)
        second.ask("one", question)
        #expect(try state(of: second) != before)
    }

    @Test("refuses a state it did not write", arguments: ["[]", "nonsense", "7"])
    func refuses(state: String) { #expect(throws: RPCError.self) { try log(state: state) } }
}
