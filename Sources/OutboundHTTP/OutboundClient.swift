/// Whoever sends HTTP requests for the host.
package protocol OutboundClient: Sendable {
    /// Sends a request, and gives its answer once, on any thread, perhaps before this returns.
    ///
    /// - Returns: What ends the request early; harmless afterwards.
    @discardableResult
    func send(
        _ request: OutboundRequest,
        _ answer: @escaping @Sendable (Result<OutboundResponse, OutboundFailure>) -> Void
    ) -> any OutboundTransfer
}

/// A request under way.
package protocol OutboundTransfer: Sendable {
    /// Ends the request: its answer is the failure ``OutboundFailure/Cause/cancelled``, unless it came already.
    func cancel()

    /// Tells the other side that nothing more comes, and still takes an answer that is on its way.
    ///
    /// For a long poll whose answer must not be lost between its sending and a ``cancel()``: the answer comes, or the other
    /// side closes, which is a failure. How long that takes is up to the other side; ``cancel()`` may follow. A request
    /// that has not been sent, or that shares its connection with others, is cancelled.
    func hangUp()
}

extension OutboundTransfer {
    package func hangUp() { cancel() }
}
