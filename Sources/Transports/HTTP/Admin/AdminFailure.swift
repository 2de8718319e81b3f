/// Why an administrative action was not done, in words for an operator.
package struct AdminFailure: Error, Sendable, Hashable {
    /// The HTTP status: 404 for what is not there, 409 for what cannot be now, 400 for what was asked wrongly.
    package var status: Int
    /// What was expected, what was found and what to do.
    package var message: String

    package init(status: Int, _ message: String) {
        self.status = status
        self.message = message
    }
}
