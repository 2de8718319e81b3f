import Policies
import RoostJSON

/// What tests show to a host that asks for something.
enum Credentials {
    static let issuer = "https://issuer.test"
    static let address = "https://mcp.test"
    static let secret = "0123456789abcdef0123456789abcdef"

    /// The lines of host.yaml that believe this issuer and keys of the data folder.
    static let configuration = """
        auth:
          resource: \(address)
          authorization_servers: [\(issuer)]
          jwt:
            - issuer: \(issuer)
              secret: \(secret)
        """

    /// A token with these scopes.
    static func token(
        _ scopes: String,
        subject: String = "alice",
        _ changes: JSONObject = [:],
        signer: TokenSigner = TokenSigner(secret: Array(secret.utf8)),
        keyID: String? = nil
    ) -> String {
        var claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(subject), "aud": .string(address), "exp": 4_102_444_800,
            "scope": .string(scopes),
        ]
        for (key, value) in changes.members { claims[key] = value.kind == .null ? Optional.none : value }
        return signer.token(claims, keyID: keyID) ?? ""
    }

    /// Makes a key in the data folder of a host; its id and its text.
    static func key(
        _ principal: String,
        _ scopes: [String],
        in host: RunningHost
    ) async throws -> (id: String, text: String) {
        let run = try await CommandLineRun(
            ["key", "new", principal, "--data", host.directory.path + "/var"]
                + scopes.flatMap { ["--scope", $0] }
        )
        let text = String(run.output.filter { $0 != "\n" })
        return (String(text.dropFirst(6).prefix(8)), text)
    }
}

extension ModernRequest {
    /// The request with a credential in Authorization.
    func showing(_ credential: String) -> ModernRequest {
        var request = self
        request.fields["Authorization"] = "Bearer \(credential)"
        return request
    }
}
