/// The answer to an ``OutboundRequest``, whatever its status.
package struct OutboundResponse: Sendable {
    package var status: Int
    /// Header fields of the last response, in the order they came.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first field of that name, in any case; nil when there is none.
    package subscript(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}
