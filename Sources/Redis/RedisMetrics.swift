import Metrics

/// What the client counts.
struct RedisMetrics: Sendable {
    private let answered: Counter
    private let failures: [RedisFailure.Cause: Counter]
    private let up: Meter
    private let connections: Counter
    private let seconds: Timer

    init(_ factory: any MetricsFactory) {
        func commands(_ outcome: String) -> Counter {
            Counter(label: "roost_redis_commands_total", dimensions: [("outcome", outcome)], factory: factory)
        }
        answered = commands("ok")
        failures = Dictionary(
            uniqueKeysWithValues: RedisFailure.Cause.allCases.map { ($0, commands($0.rawValue)) }
        )
        up = Meter(label: "roost_redis_connections", factory: factory)
        connections = Counter(label: "roost_redis_connects_total", factory: factory)
        seconds = Timer(label: "roost_redis_command_seconds", factory: factory)
    }

    func connected() {
        up.increment()
        connections.increment()
    }

    func disconnected() { up.decrement() }

    func finished(_ result: Result<RedisReply, RedisFailure>, after duration: Duration) {
        switch result {
        case .success: answered.increment()
        case .failure(let failure): failures[failure.cause]?.increment()
        }
        let (whole, attoseconds) = duration.components
        seconds.recordNanoseconds(whole * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
