import Gateway

/// Work that ends when its caller's credential does: a stream must not outlive the key it was opened with.
///
/// Looked at whenever the connection is due for a sign of life, so it ends that much later at most.
final class WelcomeWork: InFlight {
    private let work: any InFlight
    private let caller: Caller
    private let writer: HTTPResponseWriter

    init(_ work: any InFlight, for caller: Caller, _ writer: HTTPResponseWriter) {
        self.work = work
        self.caller = caller
        self.writer = writer
    }

    func keepAlive() {
        if caller.isStillWelcome() { work.keepAlive() } else { writer.close() }
    }

    func connectionClosed() { work.connectionClosed() }

    func abandon() { work.abandon() }
}
