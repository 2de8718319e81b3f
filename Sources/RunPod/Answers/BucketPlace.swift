package import OutboundHTTP

/// Where a bucket is, and how to be let in, as RunPod's own tools find it in the environment.
package struct BucketPlace: Sendable {
    /// The bucket's address without a slash at its end; it names the bucket in its host or in its path.
    package var endpoint: String
    package var region: String
    package var credentials: AWSSignature.Credentials

    package init(endpoint: String, region: String, credentials: AWSSignature.Credentials) {
        self.endpoint = endpoint
        self.region = region
        self.credentials = credentials
    }

    /// Reads BUCKET_ENDPOINT_URL, BUCKET_ACCESS_KEY_ID, BUCKET_SECRET_ACCESS_KEY, and BUCKET_REGION or AWS_REGION.
    ///
    /// Nil when one of the first three is missing or empty. The region may also stand in the address.
    package init?(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let address = value("BUCKET_ENDPOINT_URL"), let access = value("BUCKET_ACCESS_KEY_ID"),
            let secret = value("BUCKET_SECRET_ACCESS_KEY")
        else { return nil }
        endpoint = String(address.reversed().drop { $0 == "/" }.reversed())
        credentials = AWSSignature.Credentials(accessKey: access, secretKey: secret)
        region =
            value("BUCKET_REGION") ?? value("AWS_REGION") ?? Self.region(in: endpoint) ?? "us-east-1"
    }

    /// RunPod's buckets refuse addresses that hold their signature.
    var takesSignedAddresses: Bool { !host.hasSuffix(".runpod.io") }

    private var host: String { Self.host(of: endpoint) }

    private static func host(of address: String) -> String {
        let rest = address.split(separator: "://", maxSplits: 1).last ?? ""
        return String(rest.prefix { $0 != "/" && $0 != ":" })
    }

    /// `s3.eu-central-1.amazonaws.com` and `bucket.s3-eu-west-1.amazonaws.com` name it, as does `s3api-eu-ro-1.runpod.io`.
    private static func region(in address: String) -> String? {
        let labels = host(of: address).split(separator: ".")
        for (place, label) in labels.enumerated() {
            if label.hasPrefix("s3api-") { return label.dropFirst(6).uppercased() }
            guard labels.contains("amazonaws") else { continue }
            if label.hasPrefix("s3-") { return String(label.dropFirst(3)) }
            if label == "s3", place + 1 < labels.count, labels[place + 1] != "amazonaws" {
                return String(labels[place + 1])
            }
        }
        return nil
    }
}
