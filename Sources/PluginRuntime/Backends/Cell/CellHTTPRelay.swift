import CellProtocol
import OutboundHTTP
import Synchronization

/// The host's end of the requests of one plugin in a cell: frames to requests, answers to frames.
final class CellHTTPRelay: HTTPAnswers {
    /// A request whose body is not here yet.
    private struct Intake {
        var ask: HTTPAsk
        var missing: Int
    }

    private let plugin: UInt32
    private let side: any HTTPSide
    private let send: @Sendable (HostFrame) -> Void
    private let intake = Mutex<[UInt64: Intake]>([:])

    /// Longer bodies have to be streamed: 64 MiB.
    private static let longestBody = 64 << 20

    init(plugin: UInt32, side: any HTTPSide, send: @escaping @Sendable (HostFrame) -> Void) {
        self.plugin = plugin
        self.side = side
        self.send = send
    }

    // MARK: What the cell says, on the event loop

    func begin(_ number: UInt64, _ frame: HTTPSendFrame) {
        let ask = HTTPAsk(frame)
        let length = frame.bodyLength ?? 0
        guard length <= Self.longestBody else {
            return done(
                number,
                OutboundFailure(
                    .refused,
                    "Expected a body of at most \(Self.longestBody) bytes, found \(length). Stream a longer one."
                )
            )
        }
        guard length > 0 else { return side.begin(number, ask, self) }
        intake.withLock { $0[number] = Intake(ask: ask, missing: Int(length)) }
    }

    func write(_ number: UInt64, _ bytes: [UInt8], isLast: Bool) {
        let (isWhole, ask) = intake.withLock { intake -> (Bool, HTTPAsk?) in
            guard intake[number] != nil else { return (false, nil) }
            intake[number]?.ask.body += bytes
            intake[number]?.missing -= bytes.count
            guard let entry = intake[number], entry.missing <= 0 else { return (true, nil) }
            intake[number] = nil
            return (true, entry.ask)
        }
        guard isWhole else { return side.write(number, bytes, isLast: isLast) }
        room(number, bytes.count)
        if let ask { side.begin(number, ask, self) }
    }

    func consumed(_ number: UInt64, _ count: UInt64) { side.consumed(number, Int(clamping: count)) }

    func cancel(_ number: UInt64) {
        guard intake.withLock({ $0.removeValue(forKey: number) }) == nil else {
            return done(number, OutboundFailure(.cancelled, "The request was cancelled."))
        }
        side.cancel(number)
    }

    /// The plugin is gone from the cell.
    func close() {
        intake.withLock { $0 = [:] }
        side.close()
    }

    // MARK: What the host answers

    /// Pieces, so that the frames of others come between.
    var takesWhole: Bool { false }

    func head(_ number: UInt64, _ answer: OutboundResponse) {
        let head = HTTPHeadFrame(
            status: UInt32(clamping: answer.status),
            url: answer.url,
            fields: answer.headers.flatMap { [$0.name, $0.value] }
        )
        send(.httpHead(plugin: plugin, request: number, head))
    }

    func body(_ number: UInt64, _ bytes: [UInt8]) {
        send(.httpBody(plugin: plugin, request: number, bytes: bytes))
    }

    func room(_ number: UInt64, _ count: Int) {
        send(.httpRoom(plugin: plugin, request: number, count: UInt64(count)))
    }

    func done(_ number: UInt64, _ failure: OutboundFailure?) {
        send(
            .httpDone(
                plugin: plugin,
                request: number,
                cause: failure?.cause.code ?? 0,
                message: failure?.message ?? ""
            )
        )
    }
}
