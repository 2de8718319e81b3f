/// A place that a plugin's requests go to, and the header fields that the host adds to them there.
///
/// ```
/// Upstream("api.example.com", headers: ["Authorization": "Bearer ${secret:EXAMPLE_API_KEY}"])
/// ```
/// `${secret:NAME}` is the host's environment variable of that name, which the plugin itself never sees. The operator grants it
/// in host.yaml (`header_secrets`), and the place (`egress`); a field whose secret is not there is left out. A plugin has to
/// work, or say what it lacks, without it.
public struct Upstream: Sendable, Hashable {
    /// A host, which means https, `host:port`, or a whole origin such as `http://127.0.0.1:9000`.
    public var place: String
    /// Fields that take the place of the plugin's own of that name.
    public var headers: HTTPHeaders

    /// Names a place and what is added there.
    public init(_ place: String, headers: HTTPHeaders) {
        self.place = place
        self.headers = headers
    }
}
