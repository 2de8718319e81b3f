import Synchronization

/// Shares one call's round log between the tasks of its handler.
final class RoundLedger: Sendable {
    private let log: Mutex<RoundLog>

    init(_ log: RoundLog) { self.log = Mutex(log) }

    var isWaiting: Bool { log.withLock { $0.isWaiting } }
    var bytes: [UInt8] { log.withLock { $0.bytes } }

    /// The answer to a question as `read` understands it.
    ///
    /// - Throws: ``InputPending`` when there is none, or when `read` refuses the one there is: the client is
    ///   asked again.
    func answer<Answer>(
        _ key: String?,
        _ request: InputRequest,
        read: (JSONValue) -> Answer?
    ) throws(InputPending) -> Answer {
        let (key, given) = log.withLock { log in
            let key = key ?? log.nextKey()
            return (key, log.answer(for: key))
        }
        if let given, let answer = read(given) { return answer }
        log.withLock { $0.ask(key, request) }
        throw InputPending()
    }

    func result(of step: String) -> JSONValue? { log.withLock { $0.result(of: step) } }

    func remember(_ result: JSONValue, of step: String) { log.withLock { $0.remember(result, of: step) } }
}
