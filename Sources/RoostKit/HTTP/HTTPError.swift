/// Why a request had no answer, or not the one that was wanted.
///
/// Thrown out of a tool, its message is what the model reads.
public struct HTTPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Int32, Sendable, Hashable, CaseIterable {
        /// The request itself is wrong, or the egress list in host.yaml does not allow its address.
        case refused = 1
        /// The name leads to no address.
        case unresolved = 2
        /// Nobody answered there.
        case unreachable = 3
        /// The other side cannot be trusted.
        case untrusted = 4
        /// Its time has passed.
        case timedOut = 5
        /// The plugin was stopped, or the call ended.
        case cancelled = 6
        /// The answer is longer than was taken.
        case tooLarge = 7
        /// The other side broke HTTP, or off.
        case broken = 8
        /// The status is not a success.
        case status = 100
        /// The body is not what was expected.
        case undecodable = 101
        /// This host offers no HTTP.
        case unavailable = 102
    }

    /// What kind of failure it is.
    public var code: Code
    /// A sentence: what was expected, what was found, what to do.
    public var message: String
    /// The status of the answer; nil: there was none.
    public var status: Int?

    /// Creates an error.
    public init(_ code: Code, _ message: String, status: Int? = nil) {
        self.code = code
        self.message = message
        self.status = status
    }

    /// The message.
    public var description: String { message }
}
