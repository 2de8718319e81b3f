import Synchronization

/// One request on its journey: sends its hops through the engine and hands its answer over, once.
///
/// Steps are taken on the engine's thread; only ``cancel()`` and ``resume()`` come from others.
final class Fetch: OutboundStream, ExchangeReceiver {
    /// Who gets the answer.
    enum Taker: Sendable {
        case whole(@Sendable (Result<OutboundResponse, OutboundFailure>) -> Void)
        case pieces(any OutboundReceiver)

        func end(_ result: Result<OutboundResponse, OutboundFailure>) {
            switch self {
            case .whole(let answer): answer(result)
            case .pieces(let receiver):
                if case .failure(let failure) = result {
                    receiver.ended(failure)
                } else {
                    receiver.ended(nil)
                }
            }
        }
    }

    private enum Phase {
        /// Not begun, or between two hops.
        case between
        /// On the wire, under the engine's number.
        case running(UInt64)
        case ended
    }

    private struct State {
        var journey: RequestJourney
        var phase = Phase.between
        /// Asked for while a hop was ending, it must not be lost on the next one.
        var isCancelled = false
        /// The same, but for an answer that comes on the hop that is under way.
        var isHungUp = false
        /// The answer is the one that is wanted, and comes in.
        var response: OutboundResponse?
        /// The answer is read away; bytes of it so far.
        var discarded: Int?
        /// A streamed answer was begun: its receiver knows of it, and there is no other attempt.
        var isDelivered = false
    }

    /// Bytes of an unwanted answer that are read to keep its connection; breaking off is cheaper beyond.
    private static let worthReading = 64 << 10

    private let engine: CurlEngine
    private let request: OutboundRequest
    /// What the cache knows of the request.
    private let plan: ResponseCache.Plan
    private let upload: OutboundUpload?
    private let taker: Taker
    private let state: Mutex<State>

    init(_ request: OutboundRequest, upload: OutboundUpload?, _ taker: Taker, on engine: CurlEngine) {
        self.engine = engine
        self.request = request
        self.upload = upload
        self.taker = taker
        var plan = ResponseCache.Plan.pass
        if case .whole = taker, upload == nil, let cache = request.cache {
            plan = cache.plan(request, at: WallClock.seconds)
        }
        self.plan = plan
        var sent = request
        if case .ask(_, let stored?) = plan { sent.headers += stored.validators }
        state = Mutex(State(journey: RequestJourney(sent, isStreamingUp: upload != nil, at: .now)))
    }

    // MARK: Any thread

    func begin() {
        let isComing = engine.perform { [self] in
            if case .answer(let response) = plan { return end(nil, response) }
            take { $0.begin(at: .now, wall: WallClock.seconds) }
        }
        if !isComing { end(OutboundFailure(.cancelled, "The host is stopping.")) }
    }

    func cancel() {
        let number = state.withLock { state -> UInt64? in
            state.isCancelled = true
            guard case .running(let number) = state.phase else { return nil }
            return number
        }
        // The engine tells of the end. Between two hops nobody else would.
        if let number { return engine.cancel(number) }
        end(OutboundFailure(.cancelled, "The request was cancelled."))
    }

    func hangUp() {
        guard request.isLongPoll else { return cancel() }
        let number = state.withLock { state -> UInt64? in
            state.isHungUp = true
            guard case .running(let number) = state.phase else { return nil }
            return number
        }
        if let number { return engine.hangUp(number) }
        end(OutboundFailure(.cancelled, "The request was cancelled."))
    }

    func resume() {
        let number = state.withLock { state -> UInt64? in
            if case .running(let number) = state.phase { number } else { nil }
        }
        if let number { engine.resume(number) }
    }

    // MARK: The engine's thread

    private func take(_ step: @Sendable (inout RequestJourney) -> RequestJourney.Step) {
        let next = state.withLock { state -> RequestJourney.Step? in
            if case .ended = state.phase { return nil }
            state.phase = .between
            state.response = nil
            state.discarded = nil
            if state.isCancelled || state.isHungUp {
                return .fail(OutboundFailure(.cancelled, "The request was cancelled."))
            }
            return step(&state.journey)
        }
        switch next {
        case .send(let hop): send(hop)
        case .wait(let delay):
            engine.after(delay) { [self] in take { $0.waited(at: .now, wall: WallClock.seconds) } }
        case .fail(let failure): end(failure)
        case nil: break
        }
    }

    private func send(_ hop: Hop) {
        let body: Exchange.Body = upload.map { .upload($0) } ?? (hop.hasBody ? .bytes(request.body) : .none)
        var exchange = Exchange(hop: hop, body: body, decompresses: true, isAlone: request.isLongPoll)
        if case .pieces = taker {
            exchange.decompresses = false
            exchange.isAlone = true
        }
        if upload != nil { exchange.isAlone = true }
        let number = engine.begin(exchange, self)
        let isLate = state.withLock { state -> Bool in
            // Cancelled meanwhile, by another thread.
            if case .ended = state.phase { return true }
            state.phase = .running(number)
            return state.isCancelled || state.isHungUp
        }
        if isLate { engine.cancel(number) }
    }

    func exchangeBegan(_ status: Int, _ headers: HeaderFields) -> ExchangeFlow {
        let random = Double.random(in: 0..<1)
        let (verdict, response) = state.withLock { state -> (RequestJourney.Verdict, OutboundResponse) in
            let verdict = state.journey.head(
                status,
                headers,
                at: .now,
                wall: WallClock.seconds,
                random: random
            )
            var response = OutboundResponse(status: status, headers: headers)
            response.url = state.journey.url?.description ?? request.url
            switch verdict {
            case .discard: state.discarded = 0
            case .deliver: state.response = response
            }
            return (verdict, response)
        }
        guard verdict == .deliver else { return .goOn }
        switch taker {
        case .pieces(let receiver):
            state.withLock { $0.isDelivered = true }
            receiver.began(response)
        case .whole:
            let length = headers.first("Content-Length").flatMap { Int($0) } ?? 0
            if length > request.maximumBody, request.method != "HEAD" {
                return .end(tooLarge("\(length) bytes"))
            }
        }
        return .goOn
    }

    func exchangeReceived(_ bytes: [UInt8]) -> ExchangeFlow {
        enum Flow { case goOn, tooLarge, breakOff, hand }
        let flow = state.withLock { state -> Flow in
            if let discarded = state.discarded {
                state.discarded = discarded + bytes.count
                return discarded + bytes.count > Self.worthReading ? .breakOff : .goOn
            }
            if case .pieces = taker { return .hand }
            guard (state.response?.body.count ?? 0) + bytes.count <= request.maximumBody else {
                return .tooLarge
            }
            state.response?.body += bytes
            return .goOn
        }
        switch flow {
        case .goOn: return .goOn
        case .tooLarge: return .end(tooLarge("more"))
        case .breakOff: return .end(OutboundFailure(.broken, "Nobody wants the rest."))
        case .hand:
            guard case .pieces(let receiver) = taker else { return .goOn }
            return receiver.received(bytes) ? .goOn : .hold
        }
    }

    func exchangeEnded(_ failure: OutboundFailure?) {
        let (response, isDiscarded, isDelivered) = state.withLock { state in
            (state.response, state.discarded != nil, state.isDelivered)
        }
        if failure?.cause == .cancelled { return end(failure) }
        if isDiscarded { return take { $0.discarded(at: .now, wall: WallClock.seconds) } }
        if isDelivered { return end(failure, response) }
        if let failure {
            let random = Double.random(in: 0..<1)
            return take { $0.failed(failure, at: .now, random: random) }
        }
        end(nil, response.map(seenByCache))
    }

    private func seenByCache(_ response: OutboundResponse) -> OutboundResponse {
        request.cache?.changed(request, response.status)
        guard case .ask(let url, let stored) = plan, let cache = request.cache else { return response }
        return cache.see(response, to: request, of: url, instead: stored, at: WallClock.seconds)
    }

    private func tooLarge(_ found: String) -> OutboundFailure {
        OutboundFailure(
            .tooLarge,
            "Expected at most \(request.maximumBody) bytes of body, found \(found)."
        )
    }

    private func end(_ failure: OutboundFailure?, _ response: OutboundResponse? = nil) {
        let isFirst = state.withLock { state -> Bool in
            if case .ended = state.phase { return false }
            state.phase = .ended
            state.response = nil
            return true
        }
        guard isFirst else { return }
        let isWhole = failure == nil && response != nil
        let found = response ?? OutboundResponse(status: 0)
        taker.end(
            isWhole ? .success(found) : .failure(failure ?? OutboundFailure(.broken, "There was no answer."))
        )
    }
}
