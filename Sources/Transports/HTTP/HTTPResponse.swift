import NIOCore
import NIOHTTP1

/// A whole response, small enough to be written at once.
struct HTTPResponse: Sendable {
    var status: HTTPResponseStatus
    var headers: HTTPHeaders = [:]
    var body: [UInt8] = []

    static func json(_ status: HTTPResponseStatus, _ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["content-type": "application/json"], body: body)
    }

    /// A refusal in plain words, for people and programs that speak no JSON-RPC here.
    static func text(_ status: HTTPResponseStatus, _ sentence: String) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["content-type": "text/plain; charset=utf-8"], body: Array("\(sentence)\n".utf8))
    }

    static func empty(_ status: HTTPResponseStatus) -> HTTPResponse { HTTPResponse(status: status) }
}
