import NIOCore
import NIOPosix

/// One TCP connection to the host that sends any bytes a test likes and reads HTTP/1.1 answers.
actor HTTPConnection {
    private let channel: any Channel
    private let arrivals: Inbox<[UInt8]>
    private let port: Int
    private var buffer: [UInt8] = []
    private var body = BodyReader.none

    private init(channel: any Channel, arrivals: Inbox<[UInt8]>, port: Int) {
        self.channel = channel
        self.arrivals = arrivals
        self.port = port
    }

    deinit { channel.close(promise: nil) }

    static func open(port: Int) async throws -> HTTPConnection {
        let arrivals = Inbox<[UInt8]>()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { $0.pipeline.addHandler(ArrivalHandler(arrivals: arrivals)) }
            .connect(host: "127.0.0.1", port: port).get()
        return HTTPConnection(channel: channel, arrivals: arrivals, port: port)
    }

    /// Sends one request on a connection of its own and reads the whole answer.
    static func exchange(_ request: HTTPRequest, port: Int) async throws -> Reply {
        let connection = try await open(port: port)
        let reply = try await connection.exchange(request)
        await connection.close()
        return reply
    }

    /// Sends one request and reads the whole answer; the connection stays open unless the host closes it.
    func exchange(_ request: HTTPRequest) async throws -> Reply {
        try await send(request.bytes(port: port))
        return try await readReply(to: request)
    }

    /// Sends bytes as they are and returns when the kernel took them.
    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    func send(_ request: HTTPRequest) async throws { try await send(request.bytes(port: port)) }

    /// Hands bytes to the kernel without waiting, for a host that may answer before it took them all.
    func startSending(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

    /// Says that this side sends no more, and still reads.
    func finishSending() async throws { try await channel.close(mode: .output).get() }

    /// Closes both directions.
    func close() async { try? await channel.close().get() }

    /// The whole next answer.
    func readReply(to request: HTTPRequest) async throws -> Reply {
        let head = try await readHead(method: request.method)
        var bytes: [UInt8] = []
        while let piece = try await readBodyPiece() { bytes += piece }
        return Reply(request: request, head: head, body: bytes)
    }

    /// The head of the next answer.
    func readHead(method: String = "POST", within limit: Duration = .seconds(60)) async throws -> HTTPHead {
        while true {
            if let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = try HTTPHead(parsing: String(decoding: buffer[..<end.lowerBound], as: UTF8.self))
                buffer.removeSubrange(..<end.upperBound)
                if head.status == 100 { continue }
                body = BodyReader(of: head, method: method)
                return head
            }
            guard let bytes = try await arrivals.next(within: limit, of: "the head of an answer") else {
                throw ConnectionEnded(buffer: buffer)
            }
            buffer += bytes
        }
    }

    /// The head of an interim answer, as text.
    func readInterim(within limit: Duration = .seconds(60)) async throws -> String {
        while true {
            if let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) {
                defer { buffer.removeSubrange(..<end.upperBound) }
                return String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
            }
            guard let bytes = try await arrivals.next(within: limit, of: "an interim answer") else {
                throw ConnectionEnded(buffer: buffer)
            }
            buffer += bytes
        }
    }

    /// The next bytes of the body of the answer whose head was read, or nil at its end.
    func readBodyPiece(within limit: Duration = .seconds(60)) async throws -> [UInt8]? {
        while true {
            let piece = try body.take(from: &buffer)
            if !piece.isEmpty { return piece }
            if body.isComplete { return nil }
            guard let bytes = try await arrivals.next(within: limit, of: "more of a body") else {
                if case .untilEnd = body { return nil }
                throw ConnectionEnded(buffer: buffer)
            }
            buffer += bytes
        }
    }

    /// Waits until the host closes the connection, and returns what came before that.
    func readToEnd(within limit: Duration = .seconds(60)) async throws -> [UInt8] {
        while let bytes = try await arrivals.next(within: limit, of: "the end of the connection") {
            buffer += bytes
        }
        defer { buffer = [] }
        return buffer
    }
}
