/// Sends HTTP requests through the host, whose connections, limits and secrets they use.
///
/// ```
/// let page = try await context.http.get("https://example.com/").successful().text
/// let item: Item = try await context.http.get("https://api.example.com/items/7").successful().decode()
/// let (body, response) = try await context.http.data(for: request)
/// ```
///
/// A request ends with its call or its task. Everything throws ``HTTPError``, or CancellationError in a cancelled task.
public struct HTTPClient: Sendable {
    let host: any HostLink
    /// 0: the plugin itself asks.
    let call: UInt64

    /// Gets what is at an address.
    public func get(_ url: String, headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
        try await send(HTTPRequest(url, headers: headers))
    }

    /// Posts a value as JSON.
    public func post(
        _ url: String,
        json value: some Encodable,
        headers: HTTPHeaders = [:]
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(url, method: "POST")
        try request.setJSON(value)
        request.headers = request.headers.merging(headers)
        return try await send(request)
    }

    /// Posts bytes.
    public func post(
        _ url: String,
        body: [UInt8],
        headers: HTTPHeaders = [:]
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(url, method: "POST", headers: headers)
        request.body = body
        return try await send(request)
    }

    /// Sends a request and gives its whole answer.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await HTTPTransfer(request, streams: false, sendsStream: false, call: call, host: host).whole()
    }

    /// Sends a request; the body and the rest of the answer, as URLSession gives them.
    public func data(for request: HTTPRequest) async throws -> (body: [UInt8], response: HTTPResponse) {
        let response = try await send(request)
        return (response.body, response)
    }

    /// Sends a request and gives the answer as it comes; what is not read yet holds the other side back.
    ///
    /// The body is not decompressed. Leaving the loop over it ends the request.
    public func bytes(for request: HTTPRequest) async throws -> (body: HTTPBody, response: HTTPResponse) {
        let transfer = HTTPTransfer(request, streams: true, sendsStream: false, call: call, host: host)
        let response = try await transfer.head()
        return (HTTPBody(transfer), response)
    }

    /// Sends a request whose body is written while it is sent, as fast as the other side takes it.
    ///
    /// What the request has as its body is left out. When the pieces end with an error, so does the request.
    public func upload<Pieces: AsyncSequence & Sendable>(
        _ request: HTTPRequest,
        from pieces: Pieces
    ) async throws -> HTTPResponse where Pieces.Element == [UInt8] {
        let transfer = HTTPTransfer(request, streams: false, sendsStream: true, call: call, host: host)
        return try await withThrowingTaskGroup(of: HTTPResponse?.self) { group in
            group.addTask { try await transfer.whole() }
            group.addTask {
                try await transfer.began()
                for try await piece in pieces { try await transfer.write(piece) }
                transfer.finish()
                return nil
            }
            defer { group.cancelAll() }
            while let response = try await group.next() { if let response { return response } }
            throw CancellationError()
        }
    }
}

extension CallContext {
    /// HTTP through the host, for this call: its end ends the requests.
    public var http: HTTPClient { HTTPClient(host: host, call: request.call) }
}

extension PluginEnvironment {
    /// HTTP through the host, outside of any call: the plugin's stop ends the requests.
    ///
    /// Between start and stop only.
    public var http: HTTPClient { HTTPClient(host: host, call: 0) }
}
