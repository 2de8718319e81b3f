import HostConfiguration
import Testing

@Suite("host.yaml: what outlives its request")
struct WorkConfigurationTests {
    @Test("every key is read")
    func everything() throws {
        let configuration = try parse(
            """
            redis: {url: "redis://h"}
            work: {store: redis, path: w.sqlite}
            tasks: {enabled: false, after: 1s, deadline: 2m, ttl: 3h, poll_interval: 50ms, lease: 4s}
            """
        )
        #expect(configuration.work.store == .redis && configuration.work.path == "/srv/w.sqlite")
        let tasks = configuration.tasks
        #expect(!tasks.isEnabled && tasks.after == .seconds(1) && tasks.deadline == .seconds(120))
        #expect(tasks.timeToLive == .seconds(10_800) && tasks.pollInterval == .milliseconds(50))
        #expect(tasks.lease == .seconds(4))
    }

    @Test("what is not said has its default")
    func defaults() throws {
        let configuration = try parse("")
        #expect(configuration.work.store == .sqlite && configuration.work.path == nil)
        let tasks = configuration.tasks
        #expect(tasks.isEnabled && tasks.after == .seconds(20) && tasks.lease == .seconds(15))
        #expect(tasks.deadline == .seconds(3_600) && tasks.timeToLive == .seconds(3_600))
    }

    @Test(
        "what is wrong is said with what to write",
        arguments: [
            ("work: {store: redis}", "redis with a url"), ("work: {store: disk}", "one of sqlite, redis"),
            ("tasks: {after: soon}", "expected a duration"), ("tasks: {enabled: maybe}", "true or false"),
            ("tasks: {lease: 1s}", "at least 3s"), ("tasks: {later: 1s}", "did you mean"),
        ]
    )
    func faults(_ written: String, _ said: String) {
        let faults = #expect(throws: ConfigurationFaults.self) { try parse(written) }
        #expect(faults?.description.contains(said) == true, "\(faults?.description ?? "")")
    }

    private func parse(_ text: String) throws(ConfigurationFaults) -> HostConfiguration {
        try HostConfiguration(
            parsing: "plugins: {a: {library: l}}\n\(text)",
            file: "/srv/host.yaml",
            environment: [:]
        )
    }
}
