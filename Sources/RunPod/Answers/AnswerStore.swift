/// Where answers go that are too long for the way they would take.
///
/// RunPod takes 10 or 20 MB as a job's result and 30 MB through a load balancer. What is longer is kept in a bucket or on the
/// volume, and the caller gets its address.
package protocol AnswerStore: Sendable {
    /// Keeps an answer; once this returns it is where its address says.
    ///
    /// Keeping another one under the same id takes the first one's place.
    func keep(
        _ answer: [UInt8],
        for id: String,
        mediaType: String
    ) async throws(AnswerStoreFault) -> KeptAnswer
}

/// An answer that was kept.
package struct KeptAnswer: Sendable, Hashable {
    /// Where it is: a `file:` or an `https:` address.
    package var uri: String
    package var bytes: Int
    package var mediaType: String

    package init(uri: String, bytes: Int, mediaType: String) {
        self.uri = uri
        self.bytes = bytes
        self.mediaType = mediaType
    }
}

/// Why an answer could not be kept, as a sentence that names no secret.
package struct AnswerStoreFault: Error, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}
