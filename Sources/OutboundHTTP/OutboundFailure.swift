/// Why a request got no answer.
package struct OutboundFailure: Error, Sendable {
    package enum Cause: String, Sendable, CaseIterable {
        /// The request itself is wrong, or its address is not allowed.
        case refused
        case resolve, connect, tls, timeout, cancelled
        /// The answer is longer than the request takes.
        case tooLarge
        /// The other side broke HTTP, or off.
        case broken
    }

    package var cause: Cause
    /// A sentence: what was expected, what was found.
    ///
    /// Names no query and no header field, which may hold secrets.
    package var message: String

    package init(_ cause: Cause, _ message: String) {
        self.cause = cause
        self.message = message
    }
}

extension OutboundFailure: CustomStringConvertible {
    package var description: String { message }
}
