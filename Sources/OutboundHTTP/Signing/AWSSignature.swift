import Crypto

/// AWS Signature Version 4 of one request.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
package struct AWSSignature: Sendable {
    package struct Credentials: Sendable {
        package var accessKey: String
        package var secretKey: String
        /// Of temporary credentials; nil: they are lasting.
        package var sessionToken: String?

        package init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
            self.accessKey = accessKey
            self.secretKey = secretKey
            self.sessionToken = sessionToken
        }
    }

    package var credentials: Credentials
    package var region: String
    /// "s3" for object stores.
    package var service: String
    /// Whether a path is encoded once more before it is signed, as every service but S3 wants it.
    package var encodesPathTwice: Bool
    /// Whether the body's digest is sent along, as S3 wants it.
    package var sendsDigest: Bool

    /// Signs with these credentials; what S3 wants different from others goes by the service's name.
    package init(_ credentials: Credentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
        encodesPathTwice = service != "s3"
        sendsDigest = service == "s3"
    }

    /// The header fields of a signed request: those given, and what the signature adds.
    ///
    /// Everything given is signed, but what proxies change on the way. The time is in seconds since 1970.
    package func headers(
        method: String,
        url: OutboundURL,
        headers: HeaderFields,
        body: [UInt8],
        at time: Int64
    ) -> HeaderFields {
        let moment = Self.timestamp(time)
        let day = moment.prefix(8)
        let digest = Self.hex(SHA256.hash(data: body))
        var result = headers
        for name in ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"] {
            result.remove(name)
        }
        result.append(("X-Amz-Date", moment))
        if sendsDigest { result.append(("X-Amz-Content-Sha256", digest)) }
        if let token = credentials.sessionToken { result.append(("X-Amz-Security-Token", token)) }

        var signed: [String: [String]] = ["host": [Self.hostField(of: url)]]
        for (name, value) in result where !Self.changing.contains(name.lowercased()) {
            signed[name.lowercased(), default: []].append(Self.trimmed(value))
        }
        let names = signed.keys.sorted()
        let list = names.joined(separator: ";")
        let request = [
            method,
            encodesPathTwice
                ? Self.encode(Self.normalized(url.path), keeping: "/")
                : Self.canonical(url.path, keeping: "/"),
            Self.canonicalQuery(url.query),
            names.map { "\($0):\(signed[$0, default: []].joined(separator: ","))\n" }.joined(),
            list,
            digest,
        ].joined(separator: "\n")
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = [
            "AWS4-HMAC-SHA256", moment, scope, Self.hex(SHA256.hash(data: Array(request.utf8))),
        ].joined(separator: "\n")
        let signature = Self.hex(Self.mac(text, key(of: String(day))))
        result.append(
            (
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope), SignedHeaders=\(list), Signature=\(signature)"
            )
        )
        return result
    }

    /// The address with a signature in its query, which lets whoever has it GET what is there without credentials.
    ///
    /// `lifetime` is in seconds, at most a week; `time` in seconds since 1970.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    package func signedAddress(of url: OutboundURL, lifetime: Int, at time: Int64) -> String {
        let moment = Self.timestamp(time)
        let day = moment.prefix(8)
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        var fields = [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", "\(credentials.accessKey)/\(scope)"),
            ("X-Amz-Date", moment), ("X-Amz-Expires", "\(lifetime)"), ("X-Amz-SignedHeaders", "host"),
        ]
        if let token = credentials.sessionToken { fields.append(("X-Amz-Security-Token", token)) }
        let added = fields.map { "\($0.0)=\(Self.encode($0.1, keeping: ""))" }
        let query = ([url.query].compactMap { $0 }.filter { !$0.isEmpty } + added).joined(separator: "&")
        let request = [
            "GET",
            encodesPathTwice
                ? Self.encode(Self.normalized(url.path), keeping: "/")
                : Self.canonical(url.path, keeping: "/"),
            Self.canonicalQuery(query), "host:\(Self.hostField(of: url))\n", "host", "UNSIGNED-PAYLOAD",
        ].joined(separator: "\n")
        let text = [
            "AWS4-HMAC-SHA256", moment, scope, Self.hex(SHA256.hash(data: Array(request.utf8))),
        ].joined(separator: "\n")
        let signature = Self.hex(Self.mac(text, key(of: String(day))))
        return "\(url.origin)\(url.path)?\(query)&X-Amz-Signature=\(signature)"
    }

    private func key(of day: String) -> SymmetricKey {
        var key = SymmetricKey(data: Array("AWS4\(credentials.secretKey)".utf8))
        for part in [day, region, service, "aws4_request"] {
            key = SymmetricKey(data: Array(Self.mac(part, key)))
        }
        return key
    }

    // MARK: The canonical form

    /// Fields that a proxy or the client itself may add or change after the signature.
    private static let changing: Set<String> = [
        "connection", "expect", "user-agent", "accept-encoding", "content-length", "transfer-encoding",
        "traceparent",
        "tracestate", "x-amzn-trace-id",
    ]

    private static func hostField(of url: OutboundURL) -> String {
        String(url.origin.description.drop { $0 != "/" }.dropFirst(2))
    }

    private static func mac(_ text: String, _ key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Outer space gone, inner runs of it made one.
    private static func trimmed(_ value: String) -> String {
        value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }

    /// Names and values encoded in the one way that is signed, in order.
    private static func canonicalQuery(_ query: String?) -> String {
        guard let query, !query.isEmpty else { return "" }
        return query.split(separator: "&").map { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = canonical(String(pair[0]), keeping: "")
            return (name, pair.count > 1 ? canonical(String(pair[1]), keeping: "") : "")
        }
        .sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// Decodes what is encoded and encodes it again, so that one character has one form.
    private static func canonical(_ text: String, keeping kept: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return encode(bytes, keeping: kept)
    }

    private static func encode(_ text: String, keeping kept: String) -> String {
        encode(Array(text.utf8), keeping: kept)
    }

    private static func encode(_ bytes: [UInt8], keeping kept: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in bytes {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_.~".utf8.contains(byte) || kept.utf8.contains(byte)
            if isPlain {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A path without empty, `.` and `..` parts, as services but S3 sign it.
    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        let isFolder = path.hasSuffix("/") && !parts.isEmpty
        return "/" + parts.joined(separator: "/") + (isFolder ? "/" : "")
    }

    /// The time as signatures have it: 20150830T123600Z.
    private static func timestamp(_ seconds: Int64) -> String {
        let date = CivilDate(secondsSince1970: seconds)
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return
            "\(date.year)\(two(date.month))\(two(date.day))T\(two(date.hour))\(two(date.minute))\(two(date.second))Z"
    }
}
