/// What the SDK asks of its host, in Swift's own types.
///
/// The one real conformance crosses the C boundary.
protocol HostLink: Sendable {
    var alias: String { get }
    var dataDirectory: String { get }

    /// Ends a call. A second end of the same call is refused and logged by the host.
    func complete(_ call: UInt64, with outcome: CallOutcome)
    func isCancelled(_ call: UInt64) -> Bool
    /// Call 0 means outside of any call. `data` is formatted only when somebody would read it.
    func log(call: UInt64, level: LogLevel, logger: String, data: () -> JSONValue)
    func report(call: UInt64, progress: Double, total: Double, message: String)
    func manifestChanged()
    func resourceUpdated(_ uri: String)
    /// False when the client cannot come back for the result: nothing is closed then.
    func closeStream(of call: UInt64, retryAfter: Duration) -> Bool

    /// Begins a request; nil when its call has ended. What comes of it goes to the transfer.
    ///
    /// - Throws: When this host offers no HTTP.
    func sendHTTP(
        _ request: HTTPRequest,
        streams: Bool,
        sendsStream: Bool,
        call: UInt64,
        to transfer: HTTPTransfer
    ) throws(HTTPError) -> UInt64?
    func httpWrite(_ number: UInt64, _ bytes: [UInt8], isLast: Bool)
    func httpConsumed(_ number: UInt64, count: Int)
    func httpCancel(_ number: UInt64)
}
