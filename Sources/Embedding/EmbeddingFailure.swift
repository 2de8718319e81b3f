/// Why texts could not be turned into vectors.
package struct EmbeddingFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Cause: String, Sendable {
        /// A file of the model is not there.
        case missing
        /// A file of the model is not what it should be.
        case damaged
        /// Another machine that computes the vectors did not answer as it should.
        case service
    }

    package var cause: Cause
    /// What was expected, what was found, what to do.
    package var description: String

    package init(_ cause: Cause, _ description: String) {
        self.cause = cause
        self.description = description
    }
}
