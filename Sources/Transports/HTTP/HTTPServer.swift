package import Gateway
package import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The HTTP/1.1 listener (SwiftNIO, one pipeline, no hop between threads on the way of a request).
package final class HTTPServer: Sendable {
    private let listener: any Channel
    private let connections: ServerQuiescing
    /// The file of a Unix-domain socket, to be removed at the end; nil for TCP.
    private let file: String?

    private init(listener: any Channel, connections: ServerQuiescing, file: String?) {
        self.listener = listener
        self.connections = connections
        self.file = file
    }

    /// Binds an address and begins to answer.
    ///
    /// `gateway`: answers MCP requests; nil while the plugins are being prepared. `admin`: who may administer the host here.
    /// `authentication`: who is let in; nobody is asked by default.
    /// `metrics`: what GET /metrics answers with; nil: the address does not exist. `service`: further addresses.
    /// Throws an `IOError` when a TCP address cannot be bound, and something readable when a Unix-domain socket cannot.
    package static func listen(
        at address: HTTPAddress,
        settings: HTTPSettings,
        status: HostStatus,
        group: any EventLoopGroup,
        admin: AdminRoutes = .none,
        authentication: HTTPAuthentication = .none,
        metrics: MetricsEndpoint? = nil,
        service: (any HTTPService)? = nil,
        gateway: @escaping @Sendable () -> Gateway?
    ) async throws -> HTTPServer {
        let router = HTTPRouter(
            settings: settings,
            status: status,
            admin: admin,
            authentication: authentication,
            metrics: metrics,
            service: service,
            gateway: gateway
        )
        let meters = HTTPMeters()
        let connections = ServerQuiescing()
        var bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.add(channel)
                    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
                    try channel.pipeline.syncOperations.addHandler(
                        HTTPConnection(settings: settings, router: router, meters: meters)
                    )
                }
            }
        switch address {
        case .tcp(let host, let port):
            bootstrap = bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            let listener = try await bootstrap.bind(host: host, port: port).get()
            return HTTPServer(listener: listener, connections: connections, file: nil)
        case .unix(let path):
            let listener = try await bootstrap.withBoundSocket(try UnixSocket.bound(at: path)).get()
            return HTTPServer(listener: listener, connections: connections, file: path)
        }
    }

    /// Where the server listens; nil only once it has stopped.
    package var address: SocketAddress? { listener.localAddress }

    /// Takes no more connections.
    package func stopListening() async {
        // While this still listens: nobody else can have taken the name.
        if let file { UnixSocket.remove(file) }
        try? await listener.close()
    }

    /// Closes the connections that are left.
    package func closeConnections() async { await connections.closeAll() }
}

/// The connections that are open, so that they can be closed.
private final class ServerQuiescing: Sendable {
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    func add(_ channel: any Channel) {
        let key = ObjectIdentifier(channel)
        channels.withLock { $0[key] = channel }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.channels.withLock { _ = $0.removeValue(forKey: key) }
        }
    }

    func closeAll() async {
        for channel in channels.withLock({ Array($0.values) }) { try? await channel.close() }
    }
}
