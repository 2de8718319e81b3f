package import RoostJSON

/// What an ``HTTPService`` answers: JSON with a status.
package struct HTTPServiceAnswer: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    /// JSON text.
    package var body: [UInt8]

    package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(
        status: Int = 200,
        headers: [(name: String, value: String)] = [],
        _ object: JSONObject
    ) {
        self.init(status: status, headers: headers, body: JSONValue.object(object).bytes)
    }
}
