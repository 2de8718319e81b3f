import RoostJSON

/// Calls a host's Echo as a modern client does, for tests of what the host tells of itself.
struct TelemetryHost: Sendable {
    let host: RunningHost

    var client: ModernClient { ModernClient(port: host.port, path: "/mcp/echo") }

    /// Starts a host with Echo in its process, Memory in a cell, and further lines of host.yaml.
    static func start(
        _ further: String = "",
        environment: [String: String] = [:]
    ) async throws -> TelemetryHost {
        let file = HostFile(
            plugins: [("echo", "libEcho.so"), ("memory", "libMemory.so")],
            further: further,
            settings: ["echo": "    process: host\n    secrets: [ECHO_SECRET]"]
        )
        return TelemetryHost(host: try await RunningHost.start(file, environment: environment))
    }

    /// Calls a tool of Echo.
    func call(
        _ tool: String,
        _ arguments: JSONObject,
        meta: JSONObject = [:],
        fields: [(String, String)] = []
    ) async throws -> Reply {
        var request = client.request(
            "tools/call",
            ["name": .string(tool), "arguments": .object(arguments)],
            meta: meta
        )
        for (name, value) in fields { request.fields.append(name, value) }
        return try await HTTPConnection.exchange(request.http, port: host.port)
    }
}
