/// One request on the wire: a part of a journey that redirects and repetitions may make longer.
struct Hop: Sendable {
    var method: String
    var url: OutboundURL
    var headers: HeaderFields
    /// False: the body was left behind by a redirect, or there never was one.
    var hasBody: Bool
    /// Until its last byte.
    var timeout: Duration
    /// Held against the very address that is connected to.
    var egress: EgressRules?
}
