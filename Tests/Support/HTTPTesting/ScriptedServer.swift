import NIOCore
import NIOPosix
import Synchronization

/// A server that answers byte by byte as a test tells it, HTTP or not.
package final class ScriptedServer: Sendable {
    /// What the server does after a request, one thing after the other.
    package enum Action: Sendable {
        case send(String)
        case bytes([UInt8])
        /// The same bytes again and again, as fast as they are taken, until the other side leaves.
        case sendForever([UInt8])
        /// The same bytes again and again, with a pause in between.
        case trickle(String, every: Duration)
        case wait(Duration)
        /// Nothing more, and the connection stays open.
        case stall
        /// Nothing more until the other side has said that nothing more comes from it.
        case untilEnd
        case close
        /// Ends the connection with a reset, as a crash does.
        case reset
    }

    /// One request as it came.
    package struct Request: Sendable {
        package var line: String
        package var head: String
        package var body: [UInt8]

        package var path: String { line.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
        package var method: String { line.split(separator: " ").first.map(String.init) ?? "" }

        /// The value of a field; nil when there is none.
        package subscript(_ name: String) -> String? {
            let prefix = name.lowercased() + ":"
            return head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(prefix) }
                .map { $0.dropFirst(prefix.count).drop { $0 == " " } }.map(String.init)
        }
    }

    package typealias Script = @Sendable (Request) -> [Action]

    private struct Record {
        var requests: [Request] = []
        var connections = 0
        var sent = 0
    }

    /// Threads of its own, so that a server that is busy disturbs nobody it talks to.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    package let port: UInt16
    private let channel: any Channel
    private let record: Recorder

    /// What connections write down.
    private final class Recorder: Sendable {
        let content = Mutex(Record())
    }

    /// Listens on a free port of an address.
    package init(on host: String = "127.0.0.1", _ script: @escaping Script) async throws {
        let record = Recorder()
        self.record = record
        channel = try await ServerBootstrap(group: Self.group)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
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

    package func address(_ path: String = "/", host: String = "127.0.0.1") -> String {
        "http://\(host):\(port)\(path)"
    }

    /// Every request so far, in order.
    package var requests: [Request] { record.content.withLock { $0.requests } }
    package var connections: Int { record.content.withLock { $0.connections } }
    /// Bytes that endless answers brought onto the way.
    package var sent: Int { record.content.withLock { $0.sent } }

    package func stop() async { try? await channel.close().get() }
}
