package import MCP

/// Where the messages that belong to one request go: an HTTP response, or the lines of stdout.
///
/// Functions may come on any thread, never after ``finish(_:error:)``, and must not block.
package protocol ReplySink: AnyObject, Sendable {
    /// Sends a notification, or a request of the server, ahead of the answer.
    func send(_ message: [UInt8])
    /// Sends the answer. `error` is its code when it is an error response.
    func finish(_ message: [UInt8], error: RPCError.Code?)
    /// Says that the answer, which follows at once, is a refusal. For transports with terms of their own for it.
    func refused(_ refusal: Refusal)
    /// Says how the limits stand that the request was held to. Comes before the answer, if at all.
    func limited(by quotas: [Quota])
    /// Takes what the work asks of its client. True: it is not to be asked in answer to the request, which ends with this.
    func takes(_ ask: TaskAsk) -> Bool
    /// Frees the connection; the client comes back for the answer. False when this client or transport cannot.
    func close(retry: Duration) -> Bool
}

extension ReplySink {
    package func refused(_ refusal: Refusal) {}
    package func limited(by quotas: [Quota]) {}
    package func takes(_ ask: TaskAsk) -> Bool { false }
}
