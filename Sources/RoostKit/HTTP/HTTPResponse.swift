/// The answer to an ``HTTPRequest``, whatever its status.
public struct HTTPResponse: Sendable, Hashable {
    /// The status, 200 to 599.
    public var status: Int
    /// Fields in the order they came.
    ///
    /// Of a body that the host decompressed, without Content-Encoding and Content-Length.
    public var headers: HTTPHeaders
    /// The address that answered, after redirects.
    public var url: String
    /// The whole body; empty for a streamed answer.
    public var body: [UInt8]

    /// Creates an answer, for tests.
    public init(
        status: Int,
        headers: HTTPHeaders = [:],
        url: String = "",
        body: [UInt8] = []
    ) {
        self.status = status
        self.headers = headers
        self.url = url
        self.body = body
    }

    /// True for a status of 200 to 299.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The body as UTF-8; what is none is replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The answer itself when it is a success.
    ///
    /// - Throws: ``HTTPError`` with the status otherwise.
    @discardableResult
    public func successful() throws -> HTTPResponse {
        guard !isSuccess else { return self }
        let place = url.isEmpty ? "The server" : String(url.prefix { $0 != "?" })
        throw HTTPError(.status, "\(place) answered with status \(status).", status: status)
    }

    /// The body as a value, read from JSON.
    ///
    /// - Throws: ``HTTPError`` when it does not fit.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do { return try OutputCoding.decode(type, from: body) } catch {
            throw HTTPError(
                .undecodable,
                "Expected JSON that fits \(type), found something else (\(error)).",
                status: status
            )
        }
    }

    /// The body as any JSON.
    ///
    /// - Throws: ``HTTPError`` when it is none.
    public func json() throws -> JSONValue {
        do { return try JSONValue(parsing: body) } catch {
            throw HTTPError(.undecodable, "Expected JSON, found something else (\(error)).", status: status)
        }
    }
}
