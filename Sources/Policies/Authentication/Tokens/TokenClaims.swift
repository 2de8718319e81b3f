import RoostJSON

/// What a token says about its owner (RFC 7519, section 4.1; RFC 9068).
struct TokenClaims: Sendable {
    let issuer: String
    let subject: String
    let audiences: [String]
    /// Seconds of the Unix epoch.
    let expiry: Double
    /// Seconds of the Unix epoch; nil: at once.
    let notBefore: Double?
    /// As the issuer writes them.
    let scopes: [String]

    init(_ claims: JSONView) throws(TokenFault) {
        issuer = try Self.text("iss", claims)
        subject = try Self.text("sub", claims)
        audiences = try Self.texts(claims["aud"], "aud")
        guard !audiences.isEmpty else { throw TokenFault("the token names no audience (aud)") }
        guard let expiry = try Self.time("exp", claims) else {
            throw TokenFault("the token never ends: it has no exp")
        }
        self.expiry = expiry
        notBefore = try Self.time("nbf", claims)
        // RFC 9068 has one text; two large issuers have lists, and the name scp.
        let scope = claims["scope"] ?? claims["scp"]
        let texts = try Self.texts(scope, "scope")
        scopes = texts.flatMap { $0.split(separator: " ").map { String($0) } }
    }

    private static func text(_ name: String, _ claims: JSONView) throws(TokenFault) -> String {
        guard let text = claims[name]?.string, !text.isEmpty, text.utf8.count <= 512 else {
            throw TokenFault("the token needs \(name), a text of at most 512 bytes")
        }
        // It becomes a principal, which stands in logs.
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw TokenFault("the token's \(name) holds control characters")
        }
        return text
    }

    private static func texts(_ view: JSONView?, _ name: String) throws(TokenFault) -> [String] {
        guard let view, !view.isNull else { return [] }
        if let text = view.string { return [text] }
        guard view.kind == .array, view.count <= 256 else {
            throw TokenFault("the token's \(name) must be a text or a list of texts")
        }
        var texts: [String] = []
        for element in view.elements {
            guard let text = element.string else {
                throw TokenFault("the token's \(name) must be a text or a list of texts")
            }
            texts.append(text)
        }
        return texts
    }

    private static func time(_ name: String, _ claims: JSONView) throws(TokenFault) -> Double? {
        guard let view = claims[name] else { return nil }
        guard let time = view.double, time.isFinite, (0...1e12).contains(time) else {
            throw TokenFault("the token's \(name) must be seconds of the Unix epoch")
        }
        return time
    }
}
