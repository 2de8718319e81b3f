/// A request to the host's own addresses that comes over no connection.
package struct LocalRequest: Sendable {
    package var method: String
    /// Path and query.
    package var target: String
    /// Header fields beside Host and Content-Length, which follow from the request.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(
        method: String,
        target: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}
