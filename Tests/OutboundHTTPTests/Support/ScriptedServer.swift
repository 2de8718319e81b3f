import NIOCore
import NIOPosix
import Synchronization

/// A server that answers byte by byte as a test tells it, HTTP or not.
final class ScriptedServer: Sendable {
    /// What the server does after a request, one thing after the other.
    enum Action: Sendable {
        case send(String)
        case bytes([UInt8])
        /// The same bytes again and again, as fast as they are taken, until the other side leaves.
        case sendForever([UInt8])
        /// The same bytes again and again, with a pause in between.
        case trickle(String, every: Duration)
        case wait(Duration)
        /// Nothing more, and the connection stays open.
        case stall
        case close
        /// Ends the connection with a reset, as a crash does.
        case reset
    }

    /// One request as it came.
    struct Request: Sendable {
        var line: String
        var head: String
        var body: [UInt8]

        var path: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
        var method: String { line.split(separator: " ").first.map(String.init) ?? "" }

        /// The value of a field; nil when there is none.
        subscript(_ name: String) -> String? {
            let prefix = name.lowercased() + ":"
            return head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(prefix) }
                .map { $0.dropFirst(prefix.count).drop { $0 == " " } }.map(String.init)
        }
    }

    typealias Script = @Sendable (Request) -> [Action]

    private struct Record {
        var requests: [Request] = []
        var connections = 0
        var sent = 0
    }

    let port: UInt16
    private let channel: any Channel
    private let record: Recorder

    /// What connections write down.
    private final class Recorder: Sendable {
        let content = Mutex(Record())
    }

    /// Listens on a free port of an address.
    init(on host: String = "127.0.0.1", _ script: @escaping Script) async throws {
        let record = Recorder()
        self.record = record
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    record.content.withLock { $0.connections += 1 }
                    let handler = ScriptedConnection(script) { request in
                        record.content.withLock { $0.requests.append(request) }
                    } sent: { count in
                        record.content.withLock { $0.sent += count }
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: host, port: 0).get()
        port = UInt16(channel.localAddress?.port ?? 0)
    }

    func address(_ path: String = "/", host: String = "127.0.0.1") -> String {
        "http://\(host):\(port)\(path)"
    }

    /// Every request so far, in order.
    var requests: [Request] { record.content.withLock { $0.requests } }
    var connections: Int { record.content.withLock { $0.connections } }
    /// Bytes that endless answers brought onto the way.
    var sent: Int { record.content.withLock { $0.sent } }

    func stop() async { try? await channel.close().get() }
}
