import Synchronization

/// One request between the task that waits for it and the host that answers on its own threads.
final class HTTPTransfer: Sendable {
    private struct State {
        /// The host's name for it; nil before it was sent.
        var number: UInt64?
        var response: HTTPResponse?
        var pieces: [[UInt8]] = []
        var end: Result<Void, any Error>?
        /// Bytes that may still be written.
        var room = 256 << 10
        /// Counts changes, so that nobody begins to wait for one that has come.
        var version = 0
        /// Whoever waits for something to happen: the answer's reader and, in an upload, the writer.
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let request: HTTPRequest
    private let streams: Bool
    private let sendsStream: Bool
    private let call: UInt64
    private let host: any HostLink
    private let state = Mutex(State())

    init(_ request: HTTPRequest, streams: Bool, sendsStream: Bool, call: UInt64, host: any HostLink) {
        self.request = request
        self.streams = streams
        self.sendsStream = sendsStream
        self.call = call
        self.host = host
    }

    // MARK: The task

    /// Sends the request and waits for the whole answer.
    func whole() async throws -> HTTPResponse {
        try begin()
        return try await waitCancelling { state -> Result<HTTPResponse, any Error>? in
            switch state.end {
            case nil: nil
            case .failure(let error): .failure(error)
            case .success:
                .success(state.response ?? HTTPResponse(status: 0))
            }
        }
    }

    /// Sends the request and waits for the head of the answer.
    func head() async throws -> HTTPResponse {
        try begin()
        return try await waitCancelling { state -> Result<HTTPResponse, any Error>? in
            if let response = state.response { return .success(response) }
            if case .failure(let error) = state.end { return .failure(error) }
            return nil
        }
    }

    func nextPiece() async throws -> [UInt8]? {
        let piece = try await waitCancelling { state -> Result<[UInt8]?, any Error>? in
            if !state.pieces.isEmpty { return .success(state.pieces.removeFirst()) }
            switch state.end {
            case nil: return nil
            case .failure(let error): return .failure(error)
            case .success: return .success(nil)
            }
        }
        if let piece, let number = state.withLock({ $0.number }) {
            host.httpConsumed(number, count: piece.count)
        }
        return piece
    }

    /// Waits until the request was sent.
    func began() async throws {
        try await waitCancelling { state -> Result<Void, any Error>? in
            if case .failure(let error) = state.end { return .failure(error) }
            return state.number == nil ? nil : .success(())
        }
    }

    /// Writes a piece as there is room.
    func write(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let left = rest.count
            let (number, count) = try await waitCancelling { state -> Result<(UInt64, Int), any Error>? in
                switch state.end {
                case .failure(let error): return .failure(error)
                // Answered before it was read to its end: the rest is of no interest.
                case .success: return .success((0, left))
                case nil: break
                }
                guard let number = state.number, state.room > 0 else { return nil }
                let count = min(state.room, left, 64 << 10)
                state.room -= count
                return .success((number, count))
            }
            if number != 0 { host.httpWrite(number, Array(rest.prefix(count)), isLast: false) }
            rest = rest.dropFirst(count)
        }
    }

    func finish() {
        if let number = state.withLock({ $0.number }) { host.httpWrite(number, [], isLast: true) }
    }

    func cancel() {
        let number = state.withLock { $0.end == nil ? $0.number : nil }
        if let number { host.httpCancel(number) }
    }

    private func begin() throws {
        let number = try host.sendHTTP(
            request,
            streams: streams,
            sendsStream: sendsStream,
            call: call,
            to: self
        )
        guard let number else {
            throw HTTPError(.cancelled, "The call has ended, and nobody waits for this request.")
        }
        change { $0.number = number }
        if Task.isCancelled { cancel() }
    }

    /// Waits until the state has what is wanted; a cancelled task ends the request.
    private func waitCancelling<Value: Sendable>(
        _ find: @Sendable (inout State) -> Result<Value, any Error>?
    ) async throws -> Value {
        try await withTaskCancellationHandler {
            while true {
                let (found, version) = state.withLock { (find(&$0), $0.version) }
                if let found {
                    if case .failure = found { try Task.checkCancellation() }
                    return try found.get()
                }
                await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
                    let isOver = state.withLock { state -> Bool in
                        guard state.version == version else { return true }
                        state.waiters.append(waiter)
                        return false
                    }
                    if isOver { waiter.resume() }
                }
            }
        } onCancel: {
            cancel()
        }
    }

    // MARK: The host, on any thread

    func arrived(_ response: HTTPResponse) { change { $0.response = response } }

    func arrived(_ piece: [UInt8]) {
        guard !piece.isEmpty else { return }
        change { $0.pieces.append(piece) }
    }

    func gotRoom(_ count: Int) { change { $0.room += count } }

    func ended(_ error: HTTPError?) {
        change { state in
            guard state.end == nil else { return }
            state.end = error.map { .failure($0) } ?? .success(())
        }
    }

    /// Changes the state and lets everybody look again.
    private func change(_ body: @Sendable (inout State) -> Void) {
        let woken = state.withLock { state in
            body(&state)
            state.version += 1
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in woken { waiter.resume() }
    }
}
