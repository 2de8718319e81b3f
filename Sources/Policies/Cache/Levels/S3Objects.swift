package import OutboundHTTP

/// A third level in an object store that speaks like Amazon's S3: for answers too large for Redis or a file.
///
/// Objects are named by the answer's key, so that a newer answer takes the older one's place. Nothing is ever deleted from
/// here: a lifecycle rule of the bucket has to.
package struct S3Objects: CacheObjects {
    /// Where the bucket is, and how to be let in.
    package struct Settings: Sendable {
        /// An http or https address, without the bucket.
        package var endpoint: String
        package var bucket: String
        /// Default us-east-1.
        package var region = "us-east-1"
        /// Stands before every object's name.
        ///
        /// Default "roost/cache/".
        package var prefix = "roost/cache/"
        package var credentials: AWSSignature.Credentials
        /// Bytes of an answer above which it goes here.
        ///
        /// Default 100 KB.
        package var threshold = 100_000

        package init(endpoint: String, bucket: String, credentials: AWSSignature.Credentials) {
            self.endpoint = endpoint
            self.bucket = bucket
            self.credentials = credentials
        }
    }

    let name = "s3"
    private let settings: Settings
    private let client: any OutboundClient

    /// Longer than any answer a plugin may give.
    private static let maximumBody = 256 << 20
    private static let timeout = Duration.seconds(10)

    package init(_ settings: Settings, client: any OutboundClient) {
        self.settings = settings
        self.client = client
    }

    var threshold: Int { settings.threshold }

    func get(_ name: String, _ answer: @escaping @Sendable ([UInt8]?) -> Void) {
        client.send(request("GET", name)) { result in
            guard case .success(let response) = result, response.status == 200 else { return answer(nil) }
            answer(response.body)
        }
    }

    func put(_ name: String, _ bytes: [UInt8], _ answer: @escaping @Sendable (Bool) -> Void) {
        var request = request("PUT", name)
        request.headers = [("Content-Type", "application/json")]
        request.body = bytes
        client.send(request) { result in
            guard case .success(let response) = result else { return answer(false) }
            answer((200..<300).contains(response.status))
        }
    }

    private func request(_ method: String, _ name: String) -> OutboundRequest {
        let endpoint =
            settings.endpoint.hasSuffix("/") ? String(settings.endpoint.dropLast()) : settings.endpoint
        var request = OutboundRequest("\(endpoint)/\(settings.bucket)/\(settings.prefix)\(name)")
        request.method = method
        request.timeout = Self.timeout
        request.maximumBody = Self.maximumBody
        request.maximumRedirects = 0
        request.retries = 1
        request.signature = AWSSignature(settings.credentials, region: settings.region, service: "s3")
        return request
    }
}
