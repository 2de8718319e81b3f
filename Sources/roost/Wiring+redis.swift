import HostConfiguration
import Logging
import NIOCore
import Redis
import RoostJSON

/// The client of Redis, where host.yaml names one.
extension Wiring {
    /// Connects, and goes on trying while nobody answers; nil when no URL is configured.
    static func redis(
        _ configuration: RedisConfiguration,
        group: any EventLoopGroup,
        logger: Logger
    ) -> RedisClient? {
        guard let url = configuration.url else { return nil }
        let endpoint: RedisSettings.Endpoint =
            switch url.endpoint {
            case .tcp(let host, let port): .tcp(host: host, port: port)
            case .unix(let path): .unix(path)
            }
        var settings = RedisSettings(endpoint)
        settings.user = url.user
        settings.password = url.password
        settings.database = url.database
        settings.keyPrefix = configuration.keyPrefix
        settings.connectTimeout = configuration.connectTimeout
        settings.commandTimeout = configuration.timeout
        return RedisClient(settings, group: group, logger: logger)
    }

    /// What /health says of Redis; nothing where none is configured.
    var sharedHealth: JSONObject {
        guard let health = redis?.health else { return [:] }
        var facts: JSONObject = [
            "status": .string(health.isWell ? "connected" : health.ready > 0 ? "partly connected" : "away"),
            "connections": .integer(Int64(health.ready)),
        ]
        facts["reason"] = health.problem.map { .string($0) }
        return ["redis": .object(facts)]
    }
}
