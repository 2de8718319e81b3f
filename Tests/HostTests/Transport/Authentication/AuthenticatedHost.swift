/// One host with authentication, for the suites that need no other.
enum AuthenticatedHost {
    static let shared = Task { try await start() }

    /// A host of the same kind, for who needs one alone.
    static func start() async throws -> RunningHost {
        var file = HostFile(plugins: [
            ("echo", "libEcho.so"), ("everything", "libEverything.so"), ("memory", "libMemory.so"),
        ])
        file.further = Credentials.configuration + "\npage_size: 3\nhttp: { keep_alive: 200ms }"
        return try await RunningHost.start(file)
    }

    static var host: RunningHost { get async throws { try await shared.value } }

    static func client(_ path: String = "/mcp") async throws -> ModernClient {
        ModernClient(port: try await host.port, path: path)
    }
}
