import RoostJSON
import YAML

/// The section `auth`.
extension ConfigurationReader {
    /// A word, or a mapping of the ways in; nil, with a fault, when it is neither.
    mutating func auth(_ node: ConfigurationNode) -> AuthConfiguration? {
        var auth = AuthConfiguration()
        if let scalar = node.node.scalar, scalar.isText || !scalar.text.isEmpty {
            guard string(node, expected: Self.authForms) == "platform" else {
                fault(node, expected: Self.authForms)
                return nil
            }
            auth.platform = ["*"]
            return auth
        }
        let members = members(of: node, known: ConfigurationKeys.auth)
        if let node = members["platform"] { auth.platform = platform(node) }
        if let node = members["keys"] { auth.keys = elements(node).compactMap { authKey($0) } }
        if let node = members["resource"] { auth.resource = resource(node) }
        if let node = members["authorization_servers"] {
            auth.authorizationServers = elements(node).compactMap { url($0) }
        }
        if let node = members["jwt"] {
            auth.jwt = elements(node).compactMap { issuer($0, hasResource: auth.resource != nil) }
        }
        return auth
    }

    private static let authForms = "platform, or a mapping with keys, jwt or platform"

    private mutating func platform(_ node: ConfigurationNode) -> [String]? {
        if node.node.sequence != nil { return scopes(node) }
        let isOn = value(node, expected: "true, false, or a list of scopes") {
            ["true": true, "false": false][$0]
        }
        return isOn == true ? ["*"] : nil
    }

    private mutating func authKey(_ node: ConfigurationNode) -> AuthKeyConfiguration? {
        let members = members(of: node, known: ConfigurationKeys.authKey)
        guard let id = required("id", members, of: node).flatMap({ string($0) }),
            let hash = required("hash", members, of: node).flatMap({ hash($0) }),
            let scopes = required("scopes", members, of: node).map({ scopes($0) })
        else { return nil }
        let principal = members["principal"].flatMap { string($0) } ?? id
        let expires = members["expires"].flatMap { node in
            value(
                node,
                expected: "a day such as 2027-01-31, or a time such as 2027-01-31T12:00:00Z",
                CalendarTime.seconds
            )
        }
        return AuthKeyConfiguration(
            id: id,
            principal: principal,
            hash: hash,
            scopes: scopes,
            expires: expires
        )
    }

    private mutating func hash(_ node: ConfigurationNode) -> String? {
        value(node, expected: "the hash of a key, hmac-sha256:…:…, as roost key new --print tells it") {
            text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let isHash =
                parts.count == 3 && parts[0] == "hmac-sha256" && parts[1].utf8.count == 22
                && parts[2].utf8.count == 43
            return isHash ? text : nil
        }
    }

    private mutating func issuer(_ node: ConfigurationNode, hasResource: Bool) -> AuthIssuerConfiguration? {
        let members = members(of: node, known: ConfigurationKeys.authIssuer)
        let name = required("issuer", members, of: node).flatMap { string($0) }
        guard let name, let keys = issuerKeys(members, of: node) else { return nil }
        var issuer = AuthIssuerConfiguration(issuer: name, keys: keys)
        if let node = members["audience"] {
            issuer.audience = node.node.sequence == nil ? string(node).map { [$0] } ?? [] : strings(node)
        }
        if issuer.audience.isEmpty, !hasResource {
            fault(
                node,
                expected: "the key \"audience\", or auth.resource",
                found: "neither",
                hint: "without one, tokens that were made for other services would be good here"
            )
        }
        if let node = members["leeway"] {
            issuer.leeway =
                value(node, expected: "a duration from 0s to 10m") { text in
                    Quantity.duration(text).flatMap {
                        (Duration.zero...Duration.seconds(600)).contains($0) ? $0 : nil
                    }
                } ?? issuer.leeway
        }
        if let node = members["scope_prefix"] { issuer.scopePrefix = string(node) ?? "" }
        if let node = members["scopes"] { issuer.scopes = scopes(node) }
        return issuer
    }

    /// One of a shared secret and a set of public keys: with both, a public key might be taken for the secret.
    private mutating func issuerKeys(
        _ members: [String: ConfigurationNode],
        of node: ConfigurationNode
    ) -> AuthIssuerConfiguration.Keys? {
        switch (members["secret"], members["jwks"]) {
        case (let secret?, nil):
            let expected = "a secret of at least \(AuthSecret.minimumCount) bytes"
            guard let text = string(secret, expected: expected) else { return nil }
            guard let value = AuthSecret(text) else {
                fault(
                    secret,
                    expected: expected,
                    found: "\(text.utf8.count) bytes",
                    hint: "make one with: openssl rand -hex 32"
                )
                return nil
            }
            return .secret(value)
        case (nil, let jwks?):
            guard let text = string(jwks, expected: "the address or the file of a JWK set") else {
                return nil
            }
            guard text.contains("://") else { return .file(ConfigurationFile.absolute(text, in: folder)) }
            return url(jwks).map { .address($0) }
        case (_?, _?):
            fault(node, expected: "one of the keys \"secret\" and \"jwks\"", found: "both")
        case (nil, nil):
            fault(node, expected: "the key \"jwks\" or \"secret\"", found: "neither")
        }
        return nil
    }

    private mutating func required(
        _ key: String,
        _ members: [String: ConfigurationNode],
        of node: ConfigurationNode
    ) -> ConfigurationNode? {
        if members[key] == nil { fault(node, expected: "the key \"\(key)\"", found: "none") }
        return members[key]
    }

    private mutating func scopes(_ node: ConfigurationNode) -> [String] {
        elements(node).compactMap { element in
            value(
                element,
                expected: "a scope such as memory, memory:read, memory.create_entities, * or admin"
            ) { text in
                Self.isScope(text) ? text : nil
            }
        }
    }

    /// The forms of a scope; which plugins and tools there are is not known yet.
    static func isScope(_ text: String) -> Bool {
        if ["*", "*:read", "admin"].contains(text) { return true }
        let alias = text.utf8.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ".") }
        let rest = text.utf8.dropFirst(alias.count)
        let isAlias = alias.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") } && !alias.isEmpty
        let isTool =
            rest.count > 1 && rest.first == UInt8(ascii: ".")
            && rest.dropFirst().allSatisfy { isAlphanumeric($0) || "_-./".utf8.contains($0) }
        return isAlias && (rest.isEmpty || rest.elementsEqual(":read".utf8) || isTool)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    private mutating func resource(_ node: ConfigurationNode) -> String? {
        url(node).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// An https address; http only on loopback, because whoever stands between could put in keys of its own.
    private mutating func url(_ node: ConfigurationNode) -> String? {
        value(
            node,
            expected:
                "an https address (http on 127.0.0.1, [::1] and localhost only), without query or fragment"
        ) { text in
            guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("?"),
                !text.contains("#")
            else {
                return nil
            }
            if text.hasPrefix("https://") { return text.utf8.count > 8 ? text : nil }
            guard text.hasPrefix("http://") else { return nil }
            let authority = text.dropFirst(7).prefix { $0 != "/" }
            let host =
                authority.hasPrefix("[")
                ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
            return ["127.0.0.1", "localhost", "[::1]"].contains(String(host)) ? text : nil
        }
    }
}
