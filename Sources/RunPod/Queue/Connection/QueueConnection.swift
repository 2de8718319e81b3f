import OutboundHTTP
import Synchronization

/// The way to the queue: an HTTP client of its own, so that nothing plugins send ever stands before it.
final class QueueConnection: Sendable {
    private let makeClient: @Sendable () -> CurlClient
    private let client: Mutex<CurlClient>
    private let key: String?

    /// How long one poll is held before this side asks again.
    static let pollTimeout = Duration.seconds(90)
    private static let postTimeout = Duration.seconds(60)
    /// What is read of an answer that was under way when connections were given up.
    private static let renewalGrace = Duration.seconds(3)
    /// Longer than a batch of the largest jobs.
    private static let maximumBody = 1 << 30

    /// `makeClient` is asked for a client now, and whenever all connections are to be new.
    init(key: String?, makeClient: @escaping @Sendable () -> CurlClient) {
        self.key = key
        self.makeClient = makeClient
        client = Mutex(makeClient())
    }

    /// Asks, and waits as long as the queue holds the request.
    func poll(_ address: String) -> PendingAnswer {
        var request = OutboundRequest(address)
        request.headers = authorization
        request.timeout = Self.pollTimeout
        request.maximumBody = Self.maximumBody
        request.isLongPoll = true
        return begin(request)
    }

    /// Posts JSON about a job, labelled as RunPod's own worker does.
    func post(_ body: [UInt8], about job: String, to address: String) -> PendingAnswer {
        var request = OutboundRequest(address)
        request.method = "POST"
        request.headers =
            authorization + [
                ("Content-Type", "application/x-www-form-urlencoded"), ("charset", "utf-8"),
                ("X-Request-ID", Self.fieldValue(job)),
            ]
        request.body = body
        request.timeout = Self.postTimeout
        request.maximumRedirects = 0
        return begin(request)
    }

    /// Gives up every connection: they may be dead without knowing it.
    ///
    /// What is under way has a moment to end.
    func renew() {
        let fresh = makeClient()
        let old = client.withLock { client in
            defer { client = fresh }
            return client
        }
        fresh.after(Self.renewalGrace) { old.stop() }
    }

    /// Ends everything under way.
    func stop() { client.withLock { $0 }.stop() }

    private func begin(_ request: OutboundRequest) -> PendingAnswer {
        PendingAnswer(request, on: client.withLock { $0 })
    }

    private var authorization: HeaderFields { key.map { [("Authorization", $0)] } ?? [] }

    /// Ids come from outside; a header field is one line.
    private static func fieldValue(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
    }
}
