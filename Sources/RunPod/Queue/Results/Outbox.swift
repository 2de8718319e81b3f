/// What of one job is still to be told to the queue, in the order it may be told: chunks, progress, then the result.
///
/// ```
///   chunk ─▶ chunk ─▶ …  ┐
///                        ├─▶ one post at a time ─▶ answered ─▶ …  ─▶ the result ─▶ ended
///   progress (the last)  ┘                            │
///                                                     └─ no answer, 408, 425, 429, 5xx: the same again after a pause
/// ```
///
/// A late progress would make a finished job look unfinished, so the result waits for everything before it. The result is sent
/// until the queue has taken it, or has refused it for good.
struct Outbox: Sendable {
    enum Post: Sendable, Equatable {
        case chunk([UInt8])
        case progress([UInt8])
        case result([UInt8], isStream: Bool)
    }

    enum Step: Sendable, Equatable {
        case post(Post)
        case wait(until: ContinuousClock.Instant)
        /// Nothing to send until something is added.
        case idle
        case ended(Ending)
    }

    /// What became of a result.
    enum Ending: Sendable, Equatable {
        case delivered
        /// The queue does not want it, most likely because an earlier try arrived although its answer did not.
        case deliveredBefore
        /// The queue refused it for good, with this status.
        case refused(Int)
    }

    /// How a post ended.
    enum Answer: Sendable, Equatable {
        case status(Int, retryAfter: Duration?)
        /// There was no answer; `mayHaveArrived`: the request may have been read all the same.
        case none(mayHaveArrived: Bool)
    }

    /// 400 is also what a revived worker hears for a while: it is believed when it was heard so often.
    static let triesOfBadRequest = 4
    /// A chunk or a progress that failed so often is left out, so that it does not hold the result up.
    static let triesOfParts = 6

    private var chunks: ChunkBuffer
    private var progress: [UInt8]?
    private var result: [UInt8]?
    /// Whether there was a chunk, which the result has to say.
    private(set) var isStream = false
    private var current: Post?
    private var isSending = false
    private var tries = 0
    private var badRequests = 0
    private var mayHaveArrived: Bool
    private var backOff = BackOff(first: .milliseconds(200), longest: .seconds(15))
    private var waitsUntil: ContinuousClock.Instant?
    private var ending: Ending?
    /// Parts that were left out.
    private(set) var lostParts = 0

    /// `mayHaveArrived`: an earlier process may have delivered the result already.
    init(maximumChunk: Int, mayHaveArrived: Bool = false) {
        // Room for the member around it.
        chunks = ChunkBuffer(limit: maximumChunk - 64)
        self.mayHaveArrived = mayHaveArrived
    }

    /// Chunks that went because too many waited.
    var dropped: ChunkBuffer.Gap { chunks.dropped }

    var hasResult: Bool { result != nil }
    var isFailing: Bool { tries > 0 }
    var hasEnded: Bool { ending != nil }
    var isSendingResult: Bool { if case .result = current { isSending } else { false } }

    /// A chunk of the stream; when too many wait, the oldest go and the stream says so.
    mutating func add(chunk: [UInt8]) { add(.value(chunk)) }

    /// The same, or chunks that went before they came here.
    mutating func add(_ entry: ChunkBuffer.Entry) {
        isStream = true
        chunks.append(entry)
    }

    /// The newest progress takes the place of an older one that has not been sent.
    mutating func add(progress value: [UInt8]) { progress = value }

    /// The end; nothing may be added afterwards.
    mutating func finish(_ body: [UInt8], isStream: Bool? = nil) {
        result = body
        if let isStream { self.isStream = isStream }
        // What was so far no longer matters to anybody who waits for the end.
        progress = nil
        if case .progress = current, !isSending { dropCurrent() }
    }

    mutating func next(at now: ContinuousClock.Instant) -> Step {
        if let ending { return .ended(ending) }
        guard !isSending else { return .idle }
        if let waitsUntil, waitsUntil > now { return .wait(until: waitsUntil) }
        waitsUntil = nil
        if current == nil { current = nextPost() }
        guard let current else { return .idle }
        isSending = true
        return .post(current)
    }

    mutating func answered(_ answer: Answer, at now: ContinuousClock.Instant, random: Double) {
        isSending = false
        let isResult = if case .result = current { true } else { false }
        switch answer {
        case .status(200..<300, _):
            if isResult { ending = .delivered }
            dropCurrent()
        case .status(let code, let asked) where Self.isPassing(code):
            again(asked, at: now, random: random)
        case .status(let code, _) where isResult && mayHaveArrived && code != 401 && code != 403:
            ending = .deliveredBefore
        case .status(400, let asked) where badRequests + 1 < Self.triesOfBadRequest:
            badRequests += 1
            again(asked, at: now, random: random)
        case .status(let code, _):
            if isResult {
                ending = .refused(code)
            } else {
                lostParts += 1
                dropCurrent()
            }
        case .none(let mayHaveArrived):
            if isResult, mayHaveArrived { self.mayHaveArrived = true }
            again(nil, at: now, random: random)
        }
    }

    /// Sends at once what waits for its next try.
    mutating func forget() {
        waitsUntil = nil
        backOff.reset()
    }

    private mutating func nextPost() -> Post? {
        if let chunk = chunks.next() { return .chunk(chunk) }
        if let progress {
            self.progress = nil
            return .progress(progress)
        }
        return result.map { .result($0, isStream: isStream) }
    }

    private mutating func again(_ asked: Duration?, at now: ContinuousClock.Instant, random: Double) {
        tries += 1
        let isResult = if case .result = current { true } else { false }
        if !isResult, tries >= Self.triesOfParts {
            lostParts += 1
            return dropCurrent()
        }
        if case .progress = current, result != nil || progress != nil { return dropCurrent() }
        waitsUntil = now.advanced(by: max(asked ?? .zero, backOff.next(random: random)))
    }

    private mutating func dropCurrent() {
        current = nil
        tries = 0
        badRequests = 0
        waitsUntil = nil
        backOff.reset()
    }

    /// What another try may change: a wrong key too, which somebody may put right.
    private static func isPassing(_ code: Int) -> Bool {
        [401, 403, 408, 425, 429].contains(code) || code >= 500 || (300..<400).contains(code)
    }
}
