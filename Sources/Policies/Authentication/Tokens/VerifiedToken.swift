import Gateway

/// What is kept of a token that was verified: enough to decide about the same token again without its key.
struct VerifiedToken: Sendable {
    let principal: String
    let grants: Grants
    let audiences: [String]
    /// True when one of the audiences means the whole host.
    let isForHost: Bool
    /// Seconds of the Unix epoch, leeway included.
    let expiry: Double
    let notBefore: Double
    /// The place of its issuer.
    let issuer: Int
    /// Which of the issuer's key sets it was verified with.
    let generation: Int
}
