import HostConfiguration
import Testing

@Suite("host.yaml: limits and Redis")
struct LimitsConfigurationTests {
    @Test("every key is read")
    func everything() throws {
        let configuration = try parse(
            """
            plugins:
              memory:
                library: l
                deadlines: {search_nodes: 5s}
                rate_limits: [{rate: 2/s}]
                retries: {attempts: 3, pause: 10ms, budget: 0.5}
                breaker: {failures: 4, within: 1m, open_for: 2s}
            limits: {concurrency: 7, deadline: 1m}
            queue: {concurrency: 3, max_result: 2MB, max_sync_result: 3MB, adopt_after: 30s}
            rate_limits:
              on_outage: closed
              buckets: 2048
              rules:
                - {per: [principal, tool], plugin: memory, tool: "create_*", rate: 10/s, burst: 20}
                - {name: all, per: plugin, rate: 5/10s}
            redis: {url: "redis://:${P}@h:1/2", key_prefix: "x:", timeout: 1s, connect_timeout: 2s}
            """,
            ["P": "a%20b:c@d"]
        )
        let memory = try #require(configuration.plugins.first)
        #expect(memory.deadlines == ["search_nodes": .seconds(5)])
        #expect(memory.retries.attempts == 3 && memory.retries.pause == .milliseconds(10))
        #expect(memory.retries.budget == 0.5)
        #expect(memory.breaker.failures == 4 && memory.breaker.within == .seconds(60))
        #expect(memory.breaker.openFor == .seconds(2))
        #expect(configuration.limits.concurrency == 7 && configuration.limits.deadline == .seconds(60))
        #expect(configuration.queue.concurrency == 3 && configuration.queue.adoptAfter == .seconds(30))
        #expect(configuration.queue.maxResult == 2_000_000 && configuration.queue.maxSyncResult == 3_000_000)
        let limits = configuration.rateLimits
        #expect(limits.onOutage == .closed && limits.buckets == 2_048)
        #expect(limits.rules.map(\.name) == ["memory-create_*-principal-tool-10/s", "all", "memory-2/s"])
        #expect(limits.rules[0].dimensions == [.principal, .tool] && limits.rules[0].plugin == "memory")
        #expect(limits.rules[0].count == 10 && limits.rules[0].window == .seconds(1))
        #expect(limits.rules[0].burst == 20 && limits.rules[0].tool == "create_*")
        #expect(limits.rules[1].count == 5 && limits.rules[1].window == .seconds(10))
        #expect(limits.rules[1].burst == 5 && limits.rules[1].dimensions == [.plugin])
        #expect(limits.rules[2].plugin == "memory")
        #expect(configuration.redis.url?.password == "a b:c@d")
        #expect(configuration.redis.url?.description == "redis://h:1/2", "no login in logs")
        #expect(configuration.redis.keyPrefix == "x:" && configuration.redis.timeout == .seconds(1))
        #expect(configuration.redis.connectTimeout == .seconds(2))
    }

    @Test(
        "a Redis is named by a URL",
        arguments: [
            ("redis://localhost", "redis://localhost:6379/0"),
            ("redis://user:secret@[::1]:7000/3", "redis://[::1]:7000/3"),
            ("unix:///run/redis.sock?db=4", "unix:///run/redis.sock?db=4"),
            ("unix:///run/redis.sock", "unix:///run/redis.sock?db=0"),
        ]
    )
    func url(_ written: String, _ meant: String) throws {
        let configuration = try parse("plugins: {a: {library: l}}\nredis: {url: \"\(written)\"}")
        #expect(configuration.redis.url?.description == meant)
    }

    @Test(
        "what is wrong is said with what to write",
        arguments: [
            ("redis: {url: \"rediss://h\"}", "a URL that asks for TLS"),
            ("redis: {url: \"redis://:top-secret@h:x\"}", "found another text"),
            ("rate_limits: {rules: [{per: tool}]}", "expected the key \"rate\""),
            ("rate_limits: {rules: [{rate: fast}]}", "10/s, 600/m or 5/10s"),
            ("rate_limits: {rules: [{rate: 0/s}]}", "10/s, 600/m or 5/10s"),
            ("rate_limits: {rules: [{rate: 1/s, per: [user]}]}", "one of principal, plugin, tool"),
            ("rate_limits: {rules: [{rate: 1/s, plugin: b}]}", "did you mean \"a\"?"),
            ("rate_limits: {on_outage: shut}", "one of open, closed, local"),
            ("limits: {concurrency: 0}", "an integer from 1"),
        ]
    )
    func faults(_ written: String, _ said: String) {
        let faults = #expect(throws: ConfigurationFaults.self) {
            try parse("plugins: {a: {library: l}}\n\(written)")
        }
        let text = faults?.description ?? ""
        #expect(text.contains(said), "\(text)")
        #expect(!text.contains("top-secret"), "a password is never repeated")
    }

    private func parse(
        _ text: String,
        _ environment: [String: String] = [:]
    ) throws(ConfigurationFaults) -> HostConfiguration {
        try HostConfiguration(parsing: text, file: "/srv/host.yaml", environment: environment)
    }
}
