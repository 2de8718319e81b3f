/// The body of a streamed answer, piece by piece as it comes.
///
/// Read it once. What is not read yet holds the other side back; leaving the loop ends the request.
public struct HTTPBody: AsyncSequence, Sendable {
    /// One piece, not empty.
    public typealias Element = [UInt8]

    private let transfer: HTTPTransfer
    private let lease: Lease

    init(_ transfer: HTTPTransfer) {
        self.transfer = transfer
        lease = Lease(transfer)
    }

    /// Ends the request when nobody can read it any more.
    private final class Lease: Sendable {
        let transfer: HTTPTransfer
        init(_ transfer: HTTPTransfer) { self.transfer = transfer }
        deinit { transfer.cancel() }
    }

    /// Reads the pieces.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let body: HTTPBody

        /// The next piece; nil at the end of the answer.
        ///
        /// - Throws: ``HTTPError`` when the answer breaks off, CancellationError in a cancelled task.
        public mutating func next() async throws -> [UInt8]? { try await body.transfer.nextPiece() }
    }

    /// Makes the one iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }

    /// The body as lines of text without their ends (LF or CR LF), as event streams and JSON lines have them.
    public var lines: HTTPLines { HTTPLines(body: self) }
}

/// The lines of a streamed answer.
public struct HTTPLines: AsyncSequence, Sendable {
    /// One line without its end.
    public typealias Element = String

    let body: HTTPBody

    /// Reads the lines.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var pieces: HTTPBody.AsyncIterator
        private var buffer: [UInt8] = []
        private var isAtEnd = false

        init(_ pieces: HTTPBody.AsyncIterator) { self.pieces = pieces }

        /// The next line; nil at the end of the answer.
        public mutating func next() async throws -> String? {
            while true {
                if let end = buffer.firstIndex(of: 0x0A) {
                    defer { buffer.removeSubrange(...end) }
                    return Self.text(buffer[..<end])
                }
                if isAtEnd {
                    guard !buffer.isEmpty else { return nil }
                    defer { buffer = [] }
                    return Self.text(buffer[...])
                }
                if let piece = try await pieces.next() { buffer += piece } else { isAtEnd = true }
            }
        }

        private static func text(_ line: ArraySlice<UInt8>) -> String {
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
    }

    /// Makes the one iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body.makeAsyncIterator()) }
}
