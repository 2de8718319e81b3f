package import OutboundHTTP

/// Keeps long answers as objects of a bucket that speaks like Amazon's S3.
///
/// The address of an answer is signed, so that whoever gets it can fetch the answer without credentials for a week; RunPod's
/// own buckets take no signed addresses, theirs is plain. Nothing is ever deleted from here: a lifecycle rule of the bucket
/// has to.
package struct BucketAnswers: AnswerStore {
    private let place: BucketPlace
    private let client: any OutboundClient
    private let wallClock: @Sendable () -> Int64

    /// How long an address can be used, the longest a signature may say.
    private static let lifetime = 7 * 86_400
    /// Of one upload; the longest answers take their time.
    private static let timeout = Duration.seconds(120)

    package init(
        _ place: BucketPlace,
        client: any OutboundClient,
        wallClock: @escaping @Sendable () -> Int64 = { WallClock.seconds }
    ) {
        self.place = place
        self.client = client
        self.wallClock = wallClock
    }

    package func keep(
        _ answer: [UInt8],
        for id: String,
        mediaType: String
    ) async throws(AnswerStoreFault) -> KeptAnswer {
        let address = "\(place.endpoint)/roost/answers/\(AnswerName(id: id, mediaType: mediaType).text)"
        let signature = AWSSignature(place.credentials, region: place.region, service: "s3")
        var request = OutboundRequest(address)
        request.method = "PUT"
        request.headers = [("Content-Type", mediaType)]
        request.body = answer
        request.timeout = Self.timeout
        request.maximumRedirects = 0
        request.retries = 3
        request.signature = signature
        let result = await withCheckedContinuation { continuation in
            client.send(request) { continuation.resume(returning: $0) }
        }
        switch result {
        case .failure(let failure):
            throw AnswerStoreFault(
                "the bucket of BUCKET_ENDPOINT_URL could not be reached: \(failure.message)"
            )
        case .success(let response) where !(200..<300).contains(response.status):
            throw AnswerStoreFault(
                "the bucket of BUCKET_ENDPOINT_URL answered \(response.status); check BUCKET_ACCESS_KEY_ID, BUCKET_SECRET_ACCESS_KEY and BUCKET_REGION"
            )
        case .success: break
        }
        var uri = address
        if place.takesSignedAddresses, let url = try? OutboundURL(address) {
            uri = signature.signedAddress(of: url, lifetime: Self.lifetime, at: wallClock())
        }
        return KeptAnswer(uri: uri, bytes: answer.count, mediaType: mediaType)
    }
}
