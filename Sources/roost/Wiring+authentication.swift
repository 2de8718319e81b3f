import ArgumentParser
import Gateway
import HostConfiguration
import Logging
import PluginRuntime
import Policies
import Telemetry
import Transports

/// How callers prove who they are, put together.
extension Wiring {
    /// What lets requests in at the ordinary listener; nobody is asked where `auth` is not configured.
    ///
    /// `served` gives the plugins that are served now, nil before they are prepared. Ends the command with a sentence when keys
    /// cannot be read.
    func httpAuthentication(_ served: @escaping @Sendable () -> [String]?) throws -> HTTPAuthentication {
        guard let auth = configuration.auth else { return .none }
        do {
            let audit = telemetry.audit
            let resource = Self.resource(auth)
            let authenticator = HostAuthenticator(
                keys: try keyRing(auth),
                tokens: TokenVerifier(try auth.jwt.map(issuer), resource: auth.resource) {
                    Timestamp.now.seconds
                },
                platform: auth.platform.map { Caller(principal: "platform", grants: Grants(reading: $0)) }
            ) { sentence in
                audit.record(AuditEvent(.authentication, .refused, reason: sentence))
            }
            let configured = configuration.selectedPlugins.map(\.alias).sorted()
            return HTTPAuthentication(authenticator, resource: resource) { served() ?? configured }
        } catch {
            Terminal.complain("auth: \(error)")
            throw ExitCode(Terminal.badConfiguration)
        }
    }

    private func keyRing(_ auth: AuthConfiguration) throws -> APIKeyRing {
        let fixed = try auth.keys.map { key in
            guard let hash = APIKeyHash(key.hash) else {
                throw WiringFailure(description: "the hash of the key \(key.id) is not whole: copy it again")
            }
            return APIKeyRecord(
                id: key.id,
                principal: key.principal,
                hash: hash,
                scopes: key.scopes,
                expires: key.expires
            )
        }
        let ring = APIKeyRing(fixed: fixed) { Timestamp.now.seconds }
        let file = APIKeyFile(folder: configuration.data)
        // Followed before it is read: what changes in between is seen.
        let audit = telemetry.audit
        ring.follow(file, logger: logger) { made, revoked in
            for record in made {
                audit.record(
                    AuditEvent(.key, .done, principal: "key:\(record.principal)", reason: "made \(record.id)")
                )
            }
            for record in revoked {
                audit.record(
                    AuditEvent(
                        .key,
                        .done,
                        principal: "key:\(record.principal)",
                        reason: "revoked \(record.id)"
                    )
                )
            }
        }
        ring.replace(with: try file.records())
        return ring
    }

    private func issuer(_ configured: AuthIssuerConfiguration) throws -> TokenIssuer {
        let keys: KeySetSource =
            switch configured.keys {
            case .secret(let secret): .secret(secret.bytes, logger: logger)
            case .file(let path): try .file(path, logger: logger)
            case .address(let url): .address(url, outbound, logger: logger)
            }
        return TokenIssuer(
            name: configured.issuer,
            keys: keys,
            audiences: configured.audience,
            leeway: configured.leeway,
            scopePrefix: configured.scopePrefix,
            scopes: configured.scopes
        )
    }

    /// Nil without an authorization server that clients could be sent to.
    private static func resource(_ auth: AuthConfiguration) -> ProtectedResource? {
        let issuers = auth.jwt.compactMap { issuer in
            if case .address = issuer.keys { issuer.issuer } else { nil }
        }
        let servers = auth.authorizationServers.isEmpty ? issuers : auth.authorizationServers
        guard let base = auth.resource, !servers.isEmpty else { return nil }
        let prefixes = Set(auth.jwt.map(\.scopePrefix))
        return ProtectedResource(
            base: base,
            authorizationServers: servers,
            scopePrefix: prefixes.count == 1 ? prefixes.first ?? "" : ""
        )
    }
}

extension HostConfiguration {
    /// Why this host must not listen where it is told to; nil when it may.
    var exposure: String? {
        guard auth == nil, !listen.isLoopback else { return nil }
        return """
            expected auth, because other machines can connect to \(listen), found none; choose one:
              auth: {}                  callers show a key made with: roost key new
              auth: platform            a gateway in front, such as RunPod's, has let the caller in
              listen: 127.0.0.1:\(listen.port)    only programs on this machine can connect
            """
    }

    /// Ends the command where anybody could call who is asked nothing.
    func refuseIfExposed(_ file: String) throws {
        guard let exposure else { return }
        Terminal.complain("\(file): \(exposure)")
        throw ExitCode(Terminal.badConfiguration)
    }
}
