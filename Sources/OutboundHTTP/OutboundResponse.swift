/// The answer to an ``OutboundRequest``, whatever its status.
package struct OutboundResponse: Sendable {
    package var status: Int
    /// Header fields of the last response, in the order they came.
    ///
    /// Of a body that was decompressed, without Content-Encoding and Content-Length.
    package var headers: HeaderFields
    package var body: [UInt8]
    /// The address that answered, after redirects; empty when the client does not tell.
    package var url = ""

    package init(status: Int, headers: HeaderFields = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first field of that name, in any case; nil when there is none.
    package subscript(_ name: String) -> String? { headers.first(name) }
}
