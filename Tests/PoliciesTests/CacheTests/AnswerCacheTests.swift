import EventWaiting
import Gateway
import MCP
import PluginRuntime
import RoostJSON
import Synchronization
import Testing

@testable import Policies

@Suite("The cache in the chain")
struct AnswerCacheTests {
    private func text(_ answer: JSONValue) -> String? { CacheHost.text(answer) }

    @Test("an equal call is answered without the plugin, with what is left of its time")
    func hit() async throws {
        let plugin = ScriptedPlugin { $0.answer("first") }
        let host = try await CacheHost(["add": .of(.seconds(60), .shared)], plugin)
        let first = try await host.ask("add", ["a": 1, "b": 2])
        host.clock.advance(.seconds(15))
        let second = try await host.ask("add", ["b": 2.0, "a": 1])
        #expect(text(first) == "first" && text(second) == "first")
        #expect(plugin.arrivals.map(\.arguments) == [#"{"a":1,"b":2}"#])
        #expect(first["result"]?["ttlMs"]?.integer == 60_000)
        #expect(first["result"]?["cacheScope"] == "public")
        #expect(second["result"]?["ttlMs"]?.integer == 45_000)
        await host.stop()
    }

    @Test("nobody can plant an answer for another question by writing it in another way")
    func poisoning() async throws {
        // A plugin that answers with the very bytes it was asked.
        let plugin = ScriptedPlugin { $0.answer($0.arguments) }
        let host = try await CacheHost(["add": .of(.seconds(60), .shared)], plugin)
        let questions = [
            [
                #"{"a":1,"b":"é"}"#, #"{ "b":"\u00e9", "a":1.0 }"#, #"{"a":1e0,"b":"\u00E9"}"#,
                #"{"b":"é","a":10e-1}"#,
            ],
            [#"{"a":1,"b":"e\u0301"}"#, "{\"b\":\"e\u{301}\",\"a\":1}"],
            [#"{"a":"1","b":"é"}"#], [#"{"a":-0.0}"#, #"{"a":-0}"#], [#"{"a":0}"#, #"{"a":0e9}"#],
            [#"{"a":9007199254740993}"#], [#"{"a":9007199254740992}"#, #"{"a":9007199254740992.0}"#],
            [#"{"a":"\ud800"}"#], [#"{"a":"\ufffd"}"#, "{\"a\":\"\u{FFFD}\"}"], [#"{"a":null}"#], ["{}"],
        ]
        for forms in questions {
            for form in forms { #expect(text(try await host.ask("add", written: form)) != nil) }
        }
        #expect(plugin.arrivals.count == questions.count)
        #expect(Set(plugin.arrivals.map(\.arguments).map { Array($0.utf8) }).count == questions.count)
        for forms in questions.reversed() {
            let answers = try await forms.asyncMap { text(try await host.ask("add", written: $0)) }
            #expect(Set(answers.map { Array(($0 ?? "").utf8) }).count == 1)
        }
        #expect(throws: JSONError.self) { try JSONDocument(parsing: #"{"arguments":{"a":1,"\u0061":2}}"#) }
        #expect(plugin.arrivals.count == questions.count)
        await host.stop()
    }

    @Test("a tool that nobody speaks of, or that is switched off, is called each time, without a hint")
    func off() async throws {
        let plugin = ScriptedPlugin { $0.answer("x") }
        let host = try await CacheHost(["add": .of(.zero)], plugin)
        for tool in ["add", "add", "echo", "echo"] {
            let answer = try await host.ask(tool, ["a": 1, "text": "x"])
            #expect(answer["result"]?["ttlMs"] == nil && answer["result"]?["cacheScope"] == nil)
        }
        #expect(plugin.arrivals.count == 4)
        await host.stop()
    }

    @Test("a legacy client gets the answer without a hint")
    func legacy() async throws {
        let plugin = ScriptedPlugin { $0.answer("x") }
        let host = try await CacheHost(["add": .of(.seconds(60))], plugin)
        for _ in 0..<2 {
            let answer = try await host.ask("add", ["a": 1], from: .of(.v2025_11_25))
            #expect(text(answer) == "x" && answer["result"]?["ttlMs"] == nil)
        }
        #expect(plugin.arrivals.count == 1)
        await host.stop()
    }

    @Test("a private answer serves its own principal only; nobody is not somebody")
    func principals() async throws {
        let plugin = ScriptedPlugin { $0.answer("for \($0.context["principal"]?.string ?? "nobody")") }
        let host = try await CacheHost(["add": .of(.seconds(60))], plugin)
        for name in ["ada", "bob", nil, "ada", "bob", nil, ""] as [String?] {
            let answer = try await host.ask("add", ["a": 1], from: .of(principal: name))
            #expect(text(answer) == "for \(name ?? "nobody")")
            #expect(answer["result"]?["cacheScope"] == "private")
        }
        #expect(plugin.arrivals.count == 4)
        await host.stop()
    }

    @Test("a plugin that answers everybody alike is not told who asks")
    func withheld() async throws {
        let plugin = ScriptedPlugin { $0.answer("x") }
        let host = try await CacheHost(["add": .of(.seconds(9), .shared)], plugin)
        let meta: JSONObject = [
            "io.modelcontextprotocol/clientInfo": ["name": "spy", "version": "1"], "traceparent": "00-1-2-01",
            "com.example/locale": "nb", "progressToken": 7,
        ]
        _ = try await host.ask("add", ["a": 1], from: .of(principal: "ada"), meta: meta)
        let context = try #require(plugin.arrivals.first?.context)
        #expect(context["principal"] == nil && context["clientInfo"] == nil)
        #expect(context["meta"] == ["com.example/locale": "nb", "traceparent": "00-1-2-01"])
        #expect(context["protocolVersion"] == "2026-07-28")
        await host.stop()
    }

    @Test("what may change an answer parts calls, what must not does not")
    func key() async throws {
        let plugin = ScriptedPlugin { $0.answer("x") }
        let host = try await CacheHost(["add": .of(.seconds(60), .shared)], plugin)
        func ask(_ client: Client, _ meta: JSONObject) async throws -> Int {
            _ = try await host.ask("add", ["a": 1], from: client, meta: meta)
            return plugin.arrivals.count
        }
        #expect(try await ask(.of(), [:]) == 1)
        #expect(try await ask(.of(), ["progressToken": 1, "traceparent": "00-a-b-01"]) == 1)
        #expect(try await ask(.of(principal: "ada"), ["io.modelcontextprotocol/logLevel": "debug"]) == 1)
        #expect(try await ask(.of(), ["com.example/locale": "nb"]) == 2)
        #expect(try await ask(.of(), ["com.example/locale": "nn"]) == 3)
        #expect(try await ask(.of(.v2025_11_25), [:]) == 4)
        let elicits = try JSONDocument(parsing: #"{"elicitation":{}}"#).root
        #expect(try await ask(.of(capabilities: elicits), [:]) == 5)
        #expect(try await ask(.of(), [:]) == 5)
        await host.stop()
    }

    @Test("errors and questions to the user are not kept")
    func notKept() async throws {
        let outcomes = Mutex<[PluginOutcome]>([
            .complete(try JSONDocument(parsing: #"{"content":[],"isError":true}"#)),
            .error(try JSONDocument(parsing: #"{"code":-32602,"message":"no"}"#)),
            .failed(PluginFailure(.crashed, plugin: "echo", "it crashed")),
            .inputRequired(try JSONDocument(parsing: #"{"state":"s"}"#)),
            .complete(try JSONDocument(parsing: #"{"content":[],"ttlMs":0}"#)),
        ])
        let plugin = ScriptedPlugin { arrival in
            let outcome = outcomes.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let outcome { arrival.call.finish(outcome) } else { arrival.answer("good") }
        }
        let host = try await CacheHost(["add": .of(.seconds(60))], plugin)
        var answers: [JSONValue] = []
        for _ in 0..<7 { answers.append(try await host.ask("add", ["a": 1])) }
        #expect(plugin.arrivals.count == 6)
        #expect(answers[0]["result"]?["isError"] == true && answers[0]["result"]?["ttlMs"] == nil)
        #expect(answers[1]["error"] != nil && answers[2]["error"]?["data"]?["cause"] == "crashed")
        #expect(answers[3]["result"]?["resultType"] == "input_required")
        #expect(answers[4]["result"]?["ttlMs"] == 0)
        #expect(text(answers[5]) == "good" && text(answers[6]) == "good")
        await host.stop()
    }

    @Test("an answer that calls itself private is not shared, whatever was declared")
    func privateAnswer() async throws {
        let plugin = ScriptedPlugin { $0.finish(["content": [], "cacheScope": "private"]) }
        let host = try await CacheHost(["add": .of(.seconds(60), .shared)], plugin)
        for _ in 0..<3 { _ = try await host.ask("add", ["a": 1]) }
        #expect(plugin.arrivals.count == 3)
        await host.stop()
    }

    @Test("a call with answers to a tool's questions goes past the cache")
    func laterRound() async throws {
        let plugin = ScriptedPlugin { $0.answer("x") }
        let host = try await CacheHost(["add": .of(.seconds(60))], plugin)
        _ = try await host.ask("add", ["a": 1])
        _ = try await host.ask("add", ["a": 1], more: ["inputResponses": ["q": [:]]])
        #expect(plugin.arrivals.count == 2)
        #expect(plugin.arrivals[1].call.notes.cache == .bypass)
        await host.stop()
    }

    @Test("equal calls at once are one, and the first one's leaving makes the second ask")
    func singleFlight() async throws {
        let plugin = ScriptedPlugin()
        let host = try await CacheHost(["add": .of(.seconds(60))], plugin)
        let first = try host.begin("add", ["a": 1], sink: AnswerSink())
        async let second = host.ask("add", ["a": 1])
        async let third = host.ask("add", ["a": 1])
        try await until { host.waiting == 2 }
        #expect(plugin.arrivals.count == 1)
        first.cancel()
        // The plugin gave the cancelled call up.
        plugin.arrivals[0].call.finish(.cancelled)
        try await until { plugin.arrivals.count == 2 }
        plugin.arrivals[1].answer("late")
        let answers = try await [second, third]
        #expect(answers.map(text) == ["late", "late"])
        #expect(plugin.arrivals.count == 2)
        await host.stop()
    }

    @Test(
        "a tool that writes purges before its answer is given, in success and in failure",
        arguments: [true, false]
    )
    func writes(_ succeeds: Bool) async throws {
        let plugin = ScriptedPlugin { arrival in
            if arrival.call.tool?.name == "echo", !succeeds {
                arrival.call.finish(.failed(PluginFailure(.crashed, plugin: "echo", "it crashed")))
            } else {
                arrival.answer("x")
            }
        }
        let host = try await CacheHost(
            [
                "add": .of(.seconds(60), tags: ["graph"]),
                "echo": .of(nil, invalidates: ["graph"]),
            ],
            plugin
        )
        func reads() -> Int { plugin.arrivals.filter { $0.call.tool?.name == "add" }.count }
        for _ in 0..<3 { _ = try await host.ask("add", ["a": 1]) }
        #expect(reads() == 1)
        _ = try await host.ask("echo", ["text": "w"])
        for _ in 0..<3 { _ = try await host.ask("add", ["a": 1]) }
        #expect(reads() == 2)
        await host.stop()
    }

    @Test("a stale answer is given at once, and one call in the background brings the next")
    func staleWhileRevalidate() async throws {
        let count = Mutex(0)
        let plugin = ScriptedPlugin { arrival in
            arrival.answer("\(count.withLock { $0 += 1; return $0 })")
        }
        let host = try await CacheHost(
            ["add": .of(.seconds(10), whileRevalidate: .seconds(60))],
            plugin
        )
        #expect(text(try await host.ask("add", ["a": 1])) == "1")
        host.clock.advance(.seconds(11))
        let stale = try await host.ask("add", ["a": 1])
        #expect(text(stale) == "1" && stale["result"]?["ttlMs"] == 0)
        try await until { plugin.arrivals.count == 2 }
        #expect(plugin.arrivals[1].call.exchange.progressToken == nil)
        await host.stop()
    }

    @Test("a kept answer stands in for a crash")
    func staleIfError() async throws {
        let isBroken = Mutex(false)
        let plugin = ScriptedPlugin { arrival in
            if isBroken.withLock({ $0 }) {
                arrival.call.finish(.failed(PluginFailure(.crashed, plugin: "echo", "it crashed")))
            } else {
                arrival.answer("good")
            }
        }
        let host = try await CacheHost(["add": .of(.seconds(10), ifError: .seconds(60))], plugin)
        _ = try await host.ask("add", ["a": 1])
        host.clock.advance(.seconds(11))
        isBroken.withLock { $0 = true }
        let answer = try await host.ask("add", ["a": 1])
        #expect(text(answer) == "good" && answer["result"]?["ttlMs"] == 0)
        #expect(try await host.ask("add", ["a": 2])["error"]?["data"]?["cause"] == "crashed")
        await host.stop()
    }

    @Test("random callers at once: nobody gets another's answer")
    func random() async throws {
        let seed = UInt64.random(in: 0..<(1 << 32))
        var generator = SeededGenerator(seed: seed)
        let plugin = ScriptedPlugin { arrival in
            let who = arrival.context["principal"]?.string ?? "nobody"
            let delay = Duration.microseconds(Int.random(in: 0...300))
            Task {
                try? await Task.sleep(for: delay)
                arrival.answer("\(who) \(arrival.arguments)")
            }
        }
        let host = try await CacheHost(["add": .of(.seconds(2), whileRevalidate: .seconds(2))], plugin)
        let asked = (0..<2_000).map { _ in
            (
                principal: "p\(Int.random(in: 0..<4, using: &generator))",
                question: Int.random(in: 0..<3, using: &generator)
            )
        }
        let faults = try await withThrowingTaskGroup(of: Int.self) { group in
            for (index, ask) in asked.enumerated() {
                group.addTask {
                    let arguments: JSONValue = ["a": .integer(Int64(ask.question))]
                    let answer = try await host.ask("add", arguments, from: .of(principal: ask.principal))
                    return text(answer) == "\(ask.principal) {\"a\":\(ask.question)}" ? 0 : 1
                }
                if index % 20 == 0 { host.clock.advance(.milliseconds(100)) }
                if index % 50 == 49 { for _ in 0..<25 { _ = try await group.next() } }
            }
            return try await group.reduce(0, +)
        }
        #expect(faults == 0, "seed \(seed)")
        #expect(plugin.arrivals.count < asked.count, "nothing was shared")
        await host.stop()
    }
}

extension Array {
    fileprivate func asyncMap<Result>(_ change: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await change(element)) }
        return results
    }
}
