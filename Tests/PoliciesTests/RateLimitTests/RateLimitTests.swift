import Gateway
import Policies
import RoostJSON
import Testing

@Suite("Rate limits in the chain")
struct RateLimitTests {
    private func rule(
        _ name: String,
        per dimensions: Set<RateRule.Dimension>,
        plugin: String? = nil,
        tool: String? = nil,
        count: Int = 2
    ) -> RateRule {
        RateRule(
            name: name,
            dimensions: dimensions,
            plugin: plugin,
            tool: tool,
            count: count,
            window: .seconds(10),
            burst: count
        )
    }

    private func add(_ echo: EchoGateway, as principal: String? = nil) async throws -> JSONValue {
        try await echo.call("add", ["a": 1, "b": 2], principal: principal)
    }

    @Test("a caller is told which limit it met and when to come again, and others are not held up")
    func perPrincipal() async throws {
        let clock = ManualClock()
        let limit = RateLimit([rule("each", per: [.principal])], now: { clock.now })
        let echo = try await EchoGateway([limit])
        for _ in 0..<2 { #expect(try await add(echo, as: "key:a")["result"] != nil) }
        let refused = try await add(echo, as: "key:a")
        #expect(refused["error"]?["code"] == 429)
        #expect(
            refused["error"]?["data"] == ["cause": "rate_limited", "plugin": "echo", "retryAfterMs": 5000]
        )
        #expect(
            refused["error"]?["message"]
                == "too many calls: the limit each allows 2 in 10 s for each principal, 2 of them at once; try again in 5 s"
        )
        #expect(try await add(echo, as: "key:b")["result"] != nil)
        #expect(try await add(echo)["result"] != nil, "nobody in particular is a caller of its own")
        clock.advance(by: .seconds(5))
        #expect(try await add(echo, as: "key:a")["result"] != nil)
        await echo.stop()
    }

    @Test("a rule for a tool's pattern counts those tools, together or apart")
    func tools() async throws {
        let clock = ManualClock()
        let limit = RateLimit(
            [
                rule("apart", per: [.tool], plugin: "echo", tool: "a*"),
                rule("elsewhere", per: [], plugin: "other", count: 1),
            ],
            now: { clock.now }
        )
        let echo = try await EchoGateway([limit])
        for _ in 0..<2 { #expect(try await add(echo)["result"] != nil) }
        #expect(try await add(echo)["error"]?["code"] == 429)
        #expect(try await echo.call("echo", ["text": "x"])["error"]?["code"] != 429)
        await echo.stop()
    }

    @Test("a call pays to every rule or to none")
    func allOrNone() async throws {
        let clock = ManualClock()
        let limit = RateLimit(
            [rule("wide", per: [], count: 3), rule("narrow", per: [.principal], count: 1)],
            now: { clock.now }
        )
        let echo = try await EchoGateway([limit])
        #expect(try await add(echo, as: "a")["result"] != nil)
        for _ in 0..<5 { #expect(try await add(echo, as: "a")["error"] != nil) }
        #expect(try await add(echo, as: "b")["result"] != nil, "a's refused calls took nothing of the rest")
        #expect(try await add(echo, as: "c")["result"] != nil)
        #expect(try await add(echo, as: "d")["error"] != nil)
        await echo.stop()
    }
}
