import Gateway
import MCP
import NIOHTTP1

/// What HTTP says of a refusal: its status, when to come back, and how the limits stand.
///
/// The fields RateLimit and RateLimit-Policy are those of draft-ietf-httpapi-ratelimit-headers-10; Retry-After is RFC 9110,
/// section 10.2.3.
enum HTTPRefusal {
    /// The response to a request that was refused, around the JSON-RPC error.
    ///
    /// `challenge`: what says where to get more scopes; nil where there is no authentication.
    static func response(
        to refusal: Refusal,
        _ message: [UInt8],
        isModern: Bool,
        _ challenge: Challenge? = nil
    ) -> HTTPResponse {
        var response = HTTPResponse.json(status(of: refusal.reason, isModern: isModern), message)
        if let retryAfter = refusal.retryAfter {
            response.headers.append(("retry-after", String(seconds(retryAfter))))
        }
        if case .insufficientScope(let scopes) = refusal.reason {
            let challenge = challenge ?? Challenge(resource: nil, target: "", scopes: [])
            response.headers.append(("www-authenticate", challenge.insufficientScope(scopes)))
        }
        return adding(refusal.quotas, to: response)
    }

    /// The response with the limits its request was held to.
    static func adding(_ quotas: [Quota], to response: HTTPResponse) -> HTTPResponse {
        guard !quotas.isEmpty else { return response }
        var response = response
        let policies = quotas.map { "\(quoted($0.name));q=\($0.limit);w=\(seconds($0.window))" }
        let standing = quotas.map { "\(quoted($0.name));r=\($0.remaining);t=\(seconds($0.reset))" }
        response.headers.append(("ratelimit-policy", policies.joined(separator: ", ")))
        response.headers.append(("ratelimit", standing.joined(separator: ", ")))
        return response
    }

    /// A legacy client learns of it from the body: the widely used ones end their session at any status but 200 and 404.
    ///
    /// Only what is missing in a token has a status for them too (2025-11-25, "Authorization").
    static func status(of reason: Refusal.Reason, isModern: Bool) -> HTTPResponseStatus {
        switch reason {
        case .insufficientScope: .forbidden
        case .rateLimited: isModern ? .tooManyRequests : .ok
        case .busy, .unavailable: isModern ? .serviceUnavailable : .ok
        }
    }

    /// Whole seconds, rounded up: who comes back then is let in.
    static func seconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return max(0, seconds + (attoseconds > 0 ? 1 : 0))
    }

    /// A string of a structured field (RFC 9651, section 3.3.3): printable ASCII only.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for byte in text.utf8 where (0x20...0x7E).contains(byte) {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result += "\\" }
            result.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return result + "\""
    }
}
