import OutboundHTTP
import Synchronization

/// One request of a plugin in the host: waits for its place, is sent, and hands its answer over as fast as it is taken.
final class HTTPExchange: OutboundReceiver {
    private enum Phase {
        case waiting
        /// Has a place, and gives it back at its end.
        case running
        case ended
    }

    private struct State {
        var phase = Phase.waiting
        var transfer: (any OutboundTransfer)?
        /// Of the pieces of the answer.
        var window = HTTPWindow()
        /// A streamed answer was held back.
        var isHeld = false
        /// What is left of a whole answer that goes over in pieces.
        var rest: ArraySlice<UInt8>?
        /// An answer that comes in pieces and is handed over whole.
        var collected: OutboundResponse?
        var isHandingOver = false
        /// Its outcome is in the figures.
        var isCounted = false
    }

    let ask: HTTPAsk
    private let number: UInt64
    private let http: PluginHTTP
    private let declared: [AttachedHeaders]
    private let answers: any HTTPAnswers
    private let ended: @Sendable () -> Void
    private let upload: OutboundUpload?
    private let begun = ContinuousClock.now
    private let upstream: Int?
    private let state = Mutex(State())

    init(
        _ number: UInt64,
        _ ask: HTTPAsk,
        _ answers: any HTTPAnswers,
        _ http: PluginHTTP,
        _ declared: [AttachedHeaders],
        ended: @escaping @Sendable () -> Void
    ) {
        self.number = number
        self.ask = ask
        self.answers = answers
        self.http = http
        self.declared = declared
        self.ended = ended
        upload =
            ask.flags.contains(.streamRequest)
            ? OutboundUpload(length: nil) { [weak answers] in answers?.room(number, $0) } : nil
        upstream = http.upstream(of: ask.url)
    }

    // MARK: The plugin's side

    /// Has a place now.
    func start() {
        let isWanted = state.withLock { state -> Bool in
            guard case .waiting = state.phase else { return false }
            state.phase = .running
            return true
        }
        // Cancelled while it waited: the place goes on to the next.
        guard isWanted else { return http.leave() }
        http.metrics.began()
        let left = ask.timeout - (ContinuousClock.now - begun)
        var request = http.request(for: ask, adding: declared)
        request.timeout = max(.zero, left)
        if upload == nil, !ask.flags.contains(.streamAnswer) {
            let transfer = http.client.send(request) { [self] in answered($0) }
            keep(transfer)
        } else {
            if upload != nil { request.retries = 0 }
            keep(http.client.stream(request, upload: upload, to: self))
        }
    }

    private func keep(_ transfer: any OutboundTransfer) {
        let isLate = state.withLock { state -> Bool in
            if case .ended = state.phase { return true }
            state.transfer = transfer
            return false
        }
        if isLate { transfer.cancel() }
    }

    func write(_ bytes: [UInt8], isLast: Bool) {
        upload?.write(bytes)
        if isLast { upload?.finish() }
    }

    func consumed(_ count: Int) {
        let (goesOn, held) = state.withLock { state -> (Bool, (any OutboundStream)?) in
            let goesOn = state.window.consumed(count)
            guard goesOn, state.isHeld else { return (goesOn, nil) }
            state.isHeld = false
            return (goesOn, state.transfer as? any OutboundStream)
        }
        held?.resume()
        if goesOn { handOver() }
    }

    func cancel() {
        let transfer = state.withLock { $0.transfer }
        transfer?.cancel()
        fail(OutboundFailure(.cancelled, "The request was cancelled."))
    }

    func fail(_ failure: OutboundFailure) { end(failure) }

    // MARK: The client's side

    /// A whole answer.
    private func answered(_ result: Result<OutboundResponse, OutboundFailure>) {
        switch result {
        case .failure(let failure): end(failure)
        case .success(let response): handWhole(response)
        }
    }

    private func handWhole(_ response: OutboundResponse) {
        state.withLock { $0.isCounted = true }
        http.metrics.answered(upstream, response.status, after: .now - begun, received: response.body.count)
        var head = response
        head.body = []
        answers.head(number, head)
        if answers.takesWhole {
            answers.body(number, response.body)
            return end(nil)
        }
        state.withLock { $0.rest = response.body[...] }
        handOver()
    }

    /// Sends pieces while there is room; one thread at a time.
    private func handOver() {
        while true {
            enum Step { case piece([UInt8]), done, wait }
            let step = state.withLock { state -> Step in
                guard let rest = state.rest, !state.isHandingOver else { return .wait }
                guard !rest.isEmpty else {
                    state.rest = nil
                    return .done
                }
                guard state.window.isOpen else { return .wait }
                let piece = rest.prefix(HTTPWindow.piece)
                state.rest = rest.dropFirst(piece.count)
                state.window.sent(piece.count)
                state.isHandingOver = true
                return .piece(Array(piece))
            }
            switch step {
            case .wait: return
            case .done: return end(nil)
            case .piece(let bytes):
                answers.body(number, bytes)
                state.withLock { $0.isHandingOver = false }
            }
        }
    }

    func began(_ response: OutboundResponse) {
        guard ask.flags.contains(.streamAnswer) else {
            return state.withLock { $0.collected = response }
        }
        state.withLock { $0.isCounted = true }
        http.metrics.answered(upstream, response.status, after: .now - begun, received: 0)
        answers.head(number, response)
    }

    func received(_ bytes: [UInt8]) -> Bool {
        let limit = http.limit(of: ask)
        let isStreamed = ask.flags.contains(.streamAnswer)
        let (isOpen, isTooLarge) = state.withLock { state -> (Bool, Bool) in
            guard isStreamed else {
                let size = (state.collected?.body.count ?? 0) + bytes.count
                if size <= limit { state.collected?.body += bytes }
                return (true, size > limit)
            }
            state.window.sent(bytes.count)
            if !state.window.isOpen { state.isHeld = true }
            return (state.window.isOpen, false)
        }
        if isTooLarge {
            state.withLock { $0.transfer }?.cancel()
            fail(OutboundFailure(.tooLarge, "Expected at most \(limit) bytes of body, found more."))
            return true
        }
        if isStreamed {
            http.metrics.received(bytes.count)
            answers.body(number, bytes)
        }
        return isOpen
    }

    func ended(_ failure: OutboundFailure?) {
        let collected = state.withLock { state in
            defer { state.collected = nil }
            return state.collected
        }
        if failure == nil, let collected { return handWhole(collected) }
        end(failure)
    }

    private func end(_ failure: OutboundFailure?) {
        let (before, isCounted) = state.withLock { state -> (Phase, Bool) in
            defer {
                state.phase = .ended
                state.transfer = nil
                state.rest = nil
            }
            return (state.phase, state.isCounted)
        }
        if case .ended = before { return }
        if let failure, !isCounted { http.metrics.failed(upstream, failure.cause, after: .now - begun) }
        answers.done(number, failure)
        ended()
        guard case .running = before else { return }
        http.metrics.ended()
        http.leave()
    }
}

extension PluginHTTP {
    /// The request as the client takes it: the plugin's, what its manifest adds, and what host.yaml adds, which wins.
    func request(for ask: HTTPAsk, adding declared: [AttachedHeaders]) -> OutboundRequest {
        var request = OutboundRequest(ask.url)
        request.method = ask.method
        request.headers = ask.headers.map { ($0.name, $0.value) }
        request.body = ask.body
        request.timeout = ask.timeout
        request.maximumBody = limit(of: ask)
        request.retries = ask.flags.contains(.once) ? 0 : rules.retries
        if ask.flags.contains(.idempotent) { request.isIdempotent = true }
        if ask.flags.contains(.noRedirect) { request.maximumRedirects = 0 }
        request.egress = egress
        request.attached = declared + rules.attached
        request.cache = cache
        return request
    }

    func limit(of ask: HTTPAsk) -> Int { min(ask.maximumBody ?? rules.maximumBody, rules.maximumBody) }

    /// Which entry of the list a request falls under, for its figures.
    func upstream(of url: String) -> Int? {
        guard let url = try? OutboundURL(url), let entry = try? egress.entry(for: url) else { return nil }
        return egress.entries.firstIndex(of: entry)
    }
}
