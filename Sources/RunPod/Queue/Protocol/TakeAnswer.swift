import OutboundHTTP

/// How a take ended, as far as the next one is concerned.
enum TakeAnswer: Sendable, Equatable {
    /// So many jobs.
    case jobs(Int)
    /// The queue had none; also when this side gave up a long wait.
    case nothing
    /// The queue did not want to be asked: its status, and how long it wants to be left alone, if it said.
    case refused(status: Int, retryAfter: Duration?)
    /// There was no answer.
    case unreachable
    /// This side did not wait for it any more.
    case abandoned

    /// How a failed request is to be seen.
    init(_ failure: OutboundFailure) {
        switch failure.cause {
        case .timeout: self = .nothing
        case .cancelled: self = .abandoned
        case .refused, .resolve, .connect, .tls, .tooLarge, .broken: self = .unreachable
        }
    }

    /// How an answer without jobs is to be seen.
    init(_ response: OutboundResponse) {
        guard response.status != 200, response.status != 204 else {
            self = .nothing
            return
        }
        self = .refused(status: response.status, retryAfter: response.retryAfter)
    }
}

extension OutboundResponse {
    /// What Retry-After asks for; nil when it asks for nothing.
    var retryAfter: Duration? {
        self["Retry-After"].flatMap { RetryAfter.seconds($0, wall: WallClock.seconds) }.map { .seconds($0) }
    }
}
