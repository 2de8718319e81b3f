/// A client whose answers can be read, and whose bodies can be sent, piece by piece.
package protocol OutboundStreaming: OutboundClient {
    /// Sends a request and hands its answer over as it comes.
    ///
    /// The body of the request is its own, or when `upload` is given what that brings. A streamed answer is not decompressed,
    /// its size is bounded by nothing but the receiver, and it is never taken from a cache.
    func stream(
        _ request: OutboundRequest,
        upload: OutboundUpload?,
        to receiver: any OutboundReceiver
    ) -> any OutboundStream
}

/// A streamed request under way.
package protocol OutboundStream: OutboundTransfer {
    /// Lets the answer come again after ``OutboundReceiver/received(_:)`` said that it is enough.
    func resume()
}

/// Who takes a streamed answer, on the client's thread: every function must return at once.
package protocol OutboundReceiver: AnyObject, Sendable {
    /// Status and header fields came; the body is empty here.
    func began(_ response: OutboundResponse)
    /// A piece of the body came.
    ///
    /// False: the next piece is held back, down to the other side's sending, until ``OutboundStream/resume()``. One that was
    /// already on its way may still come.
    func received(_ bytes: [UInt8]) -> Bool
    /// The end, exactly once, and nothing after it; nil: the answer came whole.
    func ended(_ failure: OutboundFailure?)
}
