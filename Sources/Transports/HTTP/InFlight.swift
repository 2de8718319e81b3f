import Gateway

/// What a connection works on, so that it can say that the work goes on, or that nobody reads the answer any more.
protocol InFlight: AnyObject, Sendable {
    /// Nothing was sent for a while.
    func keepAlive()
    /// The client closed the connection.
    func connectionClosed()
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
        guard isModern else { return }
        for exchange in exchanges { exchange.cancel() }
    }
}
