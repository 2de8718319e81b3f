import Gateway
import MCP
import NIOHTTP1

/// What a request at one address is told when its credential is missing, wrong or too weak (RFC 6750, section 3).
struct Challenge: Sendable {
    /// Nil where no authorization server is known: then a client has to be given its credential.
    var resource: ProtectedResource?
    /// The request target of the address, empty for the whole host; its path is worked out when somebody has to be told.
    var target: String
    private let asked: @Sendable () -> [String]

    /// A challenge that costs nothing while nobody has to be told: `scopes` is what a client should ask for that has nothing yet.
    init(
        resource: ProtectedResource?,
        target: String,
        scopes: @autoclosure @escaping @Sendable () -> [String]
    ) {
        self.resource = resource
        self.target = target
        asked = scopes
    }

    /// What a client should ask for that has nothing yet.
    var scopes: [String] { asked() }

    /// Nothing was shown.
    var unauthorized: HTTPResponse {
        .json(
            .unauthorized,
            Self.body("this host needs a key or a token: send it as Authorization: Bearer …")
        )
        .with("www-authenticate", text(error: nil, scopes))
    }

    /// What was shown is wrong; the sentence says why.
    func unauthorized(because sentence: String) -> HTTPResponse {
        .json(.unauthorized, Self.body(sentence))
            .with("www-authenticate", text(error: "invalid_token", scopes, sentence))
    }

    /// What was shown is right and allows too little; `scopes` would do.
    func forbidden(_ scopes: [String], because sentence: String) -> HTTPResponse {
        .json(.forbidden, Self.body(sentence, .forbidden))
            .with("www-authenticate", insufficientScope(scopes))
    }

    /// The header field of a refusal for want of scopes.
    func insufficientScope(_ scopes: [String]) -> String { text(error: "insufficient_scope", scopes) }

    private func text(error: String?, _ scopes: [String], _ description: String? = nil) -> String {
        var parameters: [String] = []
        if let resource {
            parameters.append(
                "resource_metadata=\(Self.quoted(resource.metadataURL(for: Self.path(of: target))))"
            )
        }
        if let error { parameters.append("error=\"\(error)\"") }
        if let description { parameters.append("error_description=\(Self.quoted(description))") }
        if !scopes.isEmpty {
            let prefix = resource?.scopePrefix ?? ""
            parameters.append("scope=\(Self.quoted(scopes.map { prefix + $0 }.joined(separator: " ")))")
        }
        return parameters.isEmpty ? "Bearer" : "Bearer " + parameters.joined(separator: ", ")
    }

    /// Clients read the header; the body says the same to people and to clients that know JSON-RPC only.
    private static func body(
        _ sentence: String,
        _ code: RPCError.Code = RPCError.Code(rawValue: 401)
    ) -> [UInt8] {
        MessageWriter.error(nil, RPCError(code, sentence))
    }

    /// A quoted string (RFC 9110, section 5.6.4), of printable ASCII only.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for byte in text.utf8 where (0x20...0x7E).contains(byte) {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result += "\\" }
            result.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return result + "\""
    }

    /// The path of a request target as it may stand in a URL; empty when it holds anything that would need care.
    static func path(of target: String) -> String {
        var path = target.prefix { $0 != "?" }
        while path.hasSuffix("/") { path.removeLast() }
        let isPlain = path.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "/-_.~".utf8.contains(byte)
        }
        return isPlain ? String(path) : ""
    }
}
