/// Why a command got no usable answer.
package struct RedisFailure: Error, Sendable, Hashable {
    package enum Cause: String, Sendable, CaseIterable {
        /// There is no connection right now: nothing was sent.
        case unavailable
        /// Too many commands are under way: nothing was sent.
        case busy
        /// No answer in time; Redis may have done it all the same.
        case timeout
        /// The connection broke; Redis may have done it all the same.
        case disconnected
        /// Redis answered with an error.
        case answer
        /// The client was closed.
        case closed
    }

    package var cause: Cause
    /// What was expected and what was found, as a sentence; for ``Cause/answer`` the words of Redis.
    package var message: String

    package init(_ cause: Cause, _ message: String) {
        self.cause = cause
        self.message = message
    }
}

extension RedisFailure: CustomStringConvertible {
    package var description: String { message }
}
