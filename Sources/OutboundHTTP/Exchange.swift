/// What the engine is asked to do: one request on one connection, and its answer.
struct Exchange: Sendable {
    enum Body: Sendable {
        case none
        case bytes([UInt8])
        case upload(OutboundUpload)
    }

    var hop: Hop
    var body: Body
    /// Decompress what comes, and offer that.
    var decompresses: Bool
    /// Whether it has a connection to itself (HTTP/1.1): its answer may be held back, or it may hang up.
    ///
    /// On a shared one that would concern everybody.
    var isAlone: Bool
}

/// Who is told of one exchange, on the engine's thread.
protocol ExchangeReceiver: AnyObject, Sendable {
    func exchangeBegan(_ status: Int, _ headers: HeaderFields) -> ExchangeFlow
    func exchangeReceived(_ bytes: [UInt8]) -> ExchangeFlow
    /// The end, exactly once; nil: the answer came whole.
    func exchangeEnded(_ failure: OutboundFailure?)
}

/// How an exchange goes on after a piece of its answer.
enum ExchangeFlow: Sendable {
    case goOn
    /// No more until the engine is told to resume it.
    case hold
    case end(OutboundFailure)
}
