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
}
