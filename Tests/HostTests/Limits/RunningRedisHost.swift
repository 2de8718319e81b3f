import RedisTesting

/// A host with the Echo plugin and a Redis of its own.
struct RunningRedisHost: Sendable {
    let server: RunningRedis
    let file: HostFile
    let host: RunningHost

    /// `rules` and `onOutage` as host.yaml has them.
    static func start(rules: String, onOutage: String) async throws -> RunningRedisHost {
        let server = try await RunningRedis.start()
        var file = HostFile(plugins: [("echo", "libEcho.so")])
        file.further = """
            redis: { url: "\(server.url)", timeout: 5s }
            rate_limits: { on_outage: \(onOutage), rules: \(rules) }
            """
        return RunningRedisHost(server: server, file: file, host: try await RunningHost.start(file))
    }

    func stop() async {
        host.stop()
        await server.kill()
    }
}
