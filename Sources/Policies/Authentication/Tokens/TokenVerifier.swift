import Crypto
import Gateway
import Synchronization

/// Decides what a token is worth: who signed it, for whom, until when, and what it allows.
///
/// A token that was verified is remembered by its digest until it ends or its issuer's keys change, so that the mathematics are
/// done once for each token and not for each request.
package final class TokenVerifier: Sendable {
    private let issuers: [TokenIssuer]
    private let places: [String: Int]
    /// The address under which clients know this host, as an audience; nil: none.
    private let resource: String?
    private let now: @Sendable () -> Int64
    private let verified: Mutex<RecentlyUsed<SHA256Digest, VerifiedToken>>

    /// Tokens remembered; one takes about half a kilobyte.
    package static let maximumRemembered = 4_096

    /// `now`: seconds of the Unix epoch.
    package init(_ issuers: [TokenIssuer], resource: String?, now: @escaping @Sendable () -> Int64) {
        self.issuers = issuers
        places = Dictionary(
            issuers.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.resource = resource.map(TokenIssuer.withoutSlash)
        self.now = now
        verified = Mutex(RecentlyUsed(maximum: Self.maximumRemembered))
    }

    /// How many tokens are remembered.
    package var remembered: Int { verified.withLock { $0.count } }

    /// Decides when the key is at hand; nil when it has to be fetched.
    func verify(_ text: String, at endpoint: Endpoint?) -> Authentication? {
        let digest = Self.digest(of: text)
        if let known = verified.withLock({ $0[digest] }),
            issuers[known.issuer].keys.generation == known.generation
        {
            return decide(known, at: endpoint)
        }
        do throws(TokenFault) {
            let (token, place) = try read(text)
            guard let finding = issuers[place].keys.find(token.keyID, token.algorithm) else { return nil }
            return conclude(token, place, digest, finding, at: endpoint)
        } catch {
            return .rejected("\(error)")
        }
    }

    /// Decides however long it takes, and tells it once, on any thread.
    func verify(
        _ text: String,
        at endpoint: Endpoint?,
        _ decided: @escaping @Sendable (Authentication) -> Void
    ) {
        let digest = Self.digest(of: text)
        do throws(TokenFault) {
            let (token, place) = try read(text)
            issuers[place].keys.find(token.keyID, token.algorithm) { [self] finding in
                decided(conclude(token, place, digest, finding, at: endpoint))
            }
        } catch {
            decided(.rejected("\(error)"))
        }
    }

    /// Everything that can be told without a key: nobody has a key fetched for a token that is worth nothing anyway.
    private func read(_ text: String) throws(TokenFault) -> (CompactToken, Int) {
        let token = try CompactToken(text)
        guard let place = places[token.claims.issuer] else {
            throw TokenFault(
                "the token's issuer \(TokenFault.quoted(token.claims.issuer)) is not accepted here"
            )
        }
        try checkTime(expiry: token.claims.expiry + issuers[place].leeway, notBefore: notBefore(token, place))
        return (token, place)
    }

    private func conclude(
        _ token: CompactToken,
        _ place: Int,
        _ digest: SHA256Digest,
        _ finding: KeySetSource.Finding,
        at endpoint: Endpoint?
    ) -> Authentication {
        let issuer = issuers[place]
        switch finding {
        case .unknown:
            let key = token.keyID.map { "key \(TokenFault.quoted($0))" } ?? "key, which it does not name,"
            return .rejected("the token's \(key) for \(token.algorithm.rawValue) is none of its issuer's")
        case .unavailable(let retryAfter):
            return .unavailable(
                "the keys of \(issuer.name) cannot be had at present: try again",
                retryAfter: retryAfter
            )
        case .key(let key, let generation):
            guard key.algorithm == token.algorithm, key.verifies(token.signature, of: token.input) else {
                return .rejected("the token's signature is wrong")
            }
            let claims = token.claims
            let known = VerifiedToken(
                principal: "jwt:\(claims.issuer)|\(claims.subject)",
                grants: Grants(reading: issuer.grantedScopes(claims.scopes)),
                audiences: claims.audiences.map(TokenIssuer.withoutSlash),
                isForHost: claims.audiences.map(TokenIssuer.withoutSlash).contains {
                    issuer.audiences.contains($0) || $0 == resource
                },
                expiry: claims.expiry + issuer.leeway,
                notBefore: notBefore(token, place),
                issuer: place,
                generation: generation
            )
            verified.withLock { $0[digest] = known }
            return decide(known, at: endpoint)
        }
    }

    private func decide(_ token: VerifiedToken, at endpoint: Endpoint?) -> Authentication {
        do throws(TokenFault) {
            try checkTime(expiry: token.expiry, notBefore: token.notBefore)
            guard token.isForHost || isMeant(token.audiences, for: endpoint) else {
                throw TokenFault("the token is meant for another audience than this address")
            }
        } catch {
            return .rejected("\(error)")
        }
        return .accepted(
            Caller(principal: token.principal, grants: token.grants) { [now, expiry = token.expiry] in
                Double(now()) < expiry
            }
        )
    }

    /// A token for one address of this host is none for another (RFC 8707).
    private func isMeant(_ audiences: [String], for endpoint: Endpoint?) -> Bool {
        guard let resource else { return false }
        let path: String =
            switch endpoint {
            case .plugin(let alias): "/mcp/\(alias)"
            case .all, nil: "/mcp"
            }
        return audiences.contains("\(resource)\(path)") || audiences.contains("\(resource)/api\(path)")
    }

    private func notBefore(_ token: CompactToken, _ place: Int) -> Double {
        token.claims.notBefore.map { $0 - issuers[place].leeway } ?? -.infinity
    }

    private func checkTime(expiry: Double, notBefore: Double) throws(TokenFault) {
        let time = Double(now())
        guard time < expiry else { throw TokenFault("the token has expired") }
        guard time >= notBefore else { throw TokenFault("the token is not good yet") }
    }

    private static func digest(of text: String) -> SHA256Digest { SHA256.hash(data: Array(text.utf8)) }
}
