/// What a request may say, and what of it may be said to somebody else.
enum RequestRules {
    /// The client's own: what they say follows from the request and the connection.
    private static let own: Set<String> = [
        "host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "trailer",
        "upgrade",
        "proxy-authorization", "expect",
    ]

    /// Checks everything that goes into the lines of a request.
    static func check(_ request: OutboundRequest) throws(OutboundFailure) {
        guard request.method.isToken, request.method != "CONNECT" else {
            throw OutboundFailure(.refused, "Expected a method such as GET or POST, found \(request.method).")
        }
        for (name, value) in request.headers + request.attached.flatMap(\.headers) {
            guard name.isToken else {
                throw OutboundFailure(.refused, "Expected the name of a header field, found \"\(name)\".")
            }
            guard value.isFieldValue else {
                throw OutboundFailure(
                    .refused,
                    "Expected the value of \(name) to be one line of text, found control characters in it."
                )
            }
            guard !own.contains(name.lowercased()) else {
                throw OutboundFailure(
                    .refused,
                    "The header field \(name) is set by the host itself. Leave it out."
                )
            }
        }
        if let length = request.headers.first("Content-Length") {
            throw OutboundFailure(
                .refused,
                "The host itself says how long a body is. Leave Content-Length: \(length) out."
            )
        }
        guard request.timeout > .zero else {
            throw OutboundFailure(.timeout, "There was no time left for the request.")
        }
    }

    /// Fields that may go along to another origin.
    ///
    /// A list of what is harmless: any other field may hold a key, whatever its name.
    private static let harmless: Set<String> = [
        "accept", "accept-language", "accept-encoding", "content-type", "content-language",
        "content-encoding",
        "range", "if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range",
        "cache-control", "pragma", "user-agent", "traceparent", "tracestate",
    ]

    static func portable(_ headers: HeaderFields) -> HeaderFields {
        headers.filter { harmless.contains($0.name.lowercased()) }
    }
}
