/// One HTTP request, as the host sends it.
///
/// ```
/// var request = HTTPRequest("https://api.example.com/items", method: "POST")
/// request.headers["Accept"] = "application/json"
/// try request.setJSON(item)
/// let (body, response) = try await context.http.data(for: request)
/// ```
public struct HTTPRequest: Sendable, Hashable {
    /// How often the host may send a request again that nobody answered, or that was answered with 429, 502, 503 or 504.
    public enum Repetition: Sendable, Hashable {
        /// Requests that are idempotent by their method: GET, HEAD, PUT, DELETE.
        case byMethod
        /// This one is idempotent, whatever its method.
        case idempotent
        /// Never, so that a 429 is seen at once.
        case never
    }

    /// An absolute http or https address without user name and password.
    ///
    /// Its host must be in the plugin's egress list in host.yaml.
    public var url: String
    /// The method in capitals.
    ///
    /// Default GET.
    public var method: String
    /// Fields to send.
    ///
    /// Host, Connection, Content-Length and the like are the host's own. Secrets come from host.yaml, see Documentation/HTTP.md.
    public var headers: HTTPHeaders
    /// The body; empty: none.
    public var body: [UInt8] = []
    /// For everything, redirects and repetitions included.
    ///
    /// Default 30 s; never longer than the call has.
    public var timeout: Duration = .seconds(30)
    /// Bytes of body taken at most, after decompression.
    ///
    /// Default nil: what the host allows.
    public var maximumBody: Int?
    /// Whether it may be sent again.
    ///
    /// Default: by its method.
    public var repetition = Repetition.byMethod
    /// False: a redirect is the answer.
    ///
    /// Default true.
    public var followsRedirects = true

    /// Creates a request.
    public init(_ url: String, method: String = "GET", headers: HTTPHeaders = [:]) {
        self.url = url
        self.method = method
        self.headers = headers
    }

    /// Makes a value the body, as JSON with its members in alphabetical order, and says so in Content-Type.
    public mutating func setJSON(_ value: some Encodable) throws {
        body = try OutputCoding.encode(value)
        headers["Content-Type"] = "application/json"
    }
}
