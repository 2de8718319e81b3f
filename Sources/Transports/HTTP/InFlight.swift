import Gateway

/// What a connection works on, so that it can say that the work goes on, or that nobody reads the answer any more.
protocol InFlight: AnyObject, Sendable {
    /// Nothing was sent for a while.
    func keepAlive()
    /// The client closed the connection.
    func connectionClosed()
    /// Nobody wants the answer any more, and nobody comes back for it: what can be cancelled is.
    func abandon()
}

extension InFlight {
    func abandon() { connectionClosed() }
}

/// The requests of one POST: one, or the members of a batch.
final class InFlightPost: InFlight {
    private let reply: HTTPReply
    private let exchanges: [Exchange]
    private let isModern: Bool

    init(_ reply: HTTPReply, _ exchanges: [Exchange], isModern: Bool) {
        self.reply = reply
        self.exchanges = exchanges
        self.isModern = isModern
    }

    func keepAlive() { reply.keepAlive() }

    /// A modern client that leaves has cancelled; a legacy one may only have lost its connection.
    func connectionClosed() {
        reply.connectionClosed()
        if isModern { cancel() }
    }

    func abandon() {
        reply.connectionClosed()
        cancel()
    }

    private func cancel() {
        for exchange in exchanges { exchange.cancel() }
    }
}
