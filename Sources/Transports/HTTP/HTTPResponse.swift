import NIOHTTP1

/// A whole response, small enough to be written at once.
struct HTTPResponse: Sendable {
    var status: HTTPResponseStatus
    var contentType: String?
    /// Headers beside those that every response has.
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static func json(_ status: HTTPResponseStatus, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "application/json", body: body)
    }

    /// A refusal in plain words, for people and programs that speak no JSON-RPC here.
    static func text(_ status: HTTPResponseStatus, _ sentence: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            contentType: "text/plain; charset=utf-8",
            body: Array("\(sentence)\n".utf8)
        )
    }

    static func empty(_ status: HTTPResponseStatus) -> HTTPResponse { HTTPResponse(status: status) }

    /// The response with one more header.
    func with(_ name: String, _ value: String) -> HTTPResponse {
        var response = self
        response.headers.append((name, value))
        return response
    }
}
