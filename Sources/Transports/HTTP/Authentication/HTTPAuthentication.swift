package import Gateway
import NIOHTTP1
import RoostJSON

/// Lets requests in: finds the credential, has it checked, and answers those that may not pass.
///
/// ```
/// query ─ fields ─ authenticator ─┬─ at once ──────────────────> the request goes on
///   400     400                   ├─ a key has to be fetched ──> the request waits, its event loop does not
///                                 └─ 401 · 403 · 503
/// ```
package struct HTTPAuthentication: Sendable {
    /// Nil where everybody is let in: on loopback, and where nothing else is reached.
    private let authenticator: (any Authenticator)?
    let resource: ProtectedResource?
    /// Aliases of the plugins that are served, for scopes to ask for.
    private let aliases: @Sendable () -> [String]

    /// `resource`: nil where there is no authorization server to send clients to.
    package init(
        _ authenticator: any Authenticator,
        resource: ProtectedResource?,
        aliases: @escaping @Sendable () -> [String]
    ) {
        self.authenticator = authenticator
        self.resource = resource
        self.aliases = aliases
    }

    /// Takes every request for one of a caller that was let in.
    init(of caller: Caller) { self.init(KnownCaller(caller: caller), resource: nil, aliases: { [] }) }

    private init() {
        authenticator = nil
        resource = nil
        aliases = { [] }
    }

    /// Everybody may pass who can reach the address.
    package static let none = HTTPAuthentication()

    /// False where everybody may pass.
    var isNeeded: Bool { authenticator != nil }

    /// Answers a request at an MCP address, once its caller is known and may be there.
    func admit(
        _ request: HTTPRequest,
        at endpoint: Endpoint,
        _ writer: HTTPResponseWriter,
        _ proceed: @escaping @Sendable (HTTPCaller) -> (any InFlight)?
    ) -> (any InFlight)? {
        guard isNeeded else { return proceed(HTTPCaller(.local)) }
        let challenge = challenge(request, at: endpoint)
        return decide(request, at: endpoint, writer, challenge) { caller in
            guard caller.grants.reaches(endpoint) else {
                writer.write(
                    challenge.forbidden(
                        challenge.scopes,
                        because: "this caller may use nothing that is served here"
                    )
                )
                return nil
            }
            return proceed(HTTPCaller(caller, challenge)).map { WelcomeWork($0, for: caller, writer) }
        }
    }

    /// What an operator's address answers to a request that may not have it; nil to one that may.
    ///
    /// Where nobody has to prove anything everybody on this machine may look.
    func refusal(toOperator request: HTTPRequest) async -> HTTPResponse? {
        guard let authenticator else { return nil }
        let challenge = Challenge(resource: resource, target: "", scopes: [Scope.admin.description])
        do throws(CredentialFields.Fault) {
            let credential = try Self.credential(of: request)
            let decision: Authentication
            if let known = authenticator.authenticate(credential, at: nil) {
                decision = known
            } else {
                decision = await withCheckedContinuation { continuation in
                    authenticator.authenticate(credential, at: nil) { continuation.resume(returning: $0) }
                }
            }
            guard case .accepted(let caller) = decision else { return Self.refusal(decision, challenge) }
            guard caller.grants.isAdmin else {
                return challenge.forbidden(challenge.scopes, because: "this address needs the scope admin")
            }
            return nil
        } catch {
            return malformed(error)
        }
    }

    /// Whether a request comes from somebody who may see what operators see, told at once.
    ///
    /// What would have to be fetched counts as no.
    func isOperator(_ request: HTTPRequest) -> Bool {
        guard isNeeded else { return true }
        return knownCaller(of: request)?.grants.isAdmin == true
    }

    /// Who sends a request, told at once; nil when nothing was shown or it would have to be fetched.
    func knownCaller(of request: HTTPRequest) -> Caller? {
        guard let authenticator else { return .local }
        // Load balancers ask every few seconds and show nothing: that is no failed attempt.
        guard let credential = (try? Self.credential(of: request)) ?? nil,
            case .accepted(let caller) = authenticator.authenticate(credential, at: nil)
        else { return nil }
        return caller
    }

    /// The metadata document a request asks for, or what its browser asks before; nil when it asks for something else.
    func metadata(for request: HTTPRequest) -> HTTPResponse? {
        guard let document = document(at: request.head.uri) else { return nil }
        switch request.head.method {
        case .GET, .HEAD: return document
        case .OPTIONS:
            return .empty(.noContent).with("allow", "GET, HEAD, OPTIONS")
                .with("access-control-allow-methods", "GET, HEAD")
                .with("access-control-allow-headers", "accept, mcp-protocol-version")
                .with("access-control-max-age", "600")
        default: return nil
        }
    }

    private func document(at target: String) -> HTTPResponse? {
        guard let resource else { return nil }
        let path = target.prefix { $0 != "?" }
        guard path.hasPrefix(ProtectedResource.wellKnown) else { return nil }
        let rest = String(path.dropFirst(ProtectedResource.wellKnown.count))
        let known = aliases()
        switch rest.isEmpty ? HTTPRoute.mcp(.all) : HTTPRoute(rest) {
        case .mcp(.all):
            return document(resource, rest, known)
        case .mcp(.plugin(let alias)) where known.contains(alias):
            return document(resource, rest, [alias])
        default: return nil
        }
    }

    private func document(_ resource: ProtectedResource, _ path: String, _ aliases: [String]) -> HTTPResponse
    {
        .json(.ok, resource.document(for: Challenge.path(of: path), aliases: aliases).bytes)
            .with("cache-control", "max-age=300")
    }

    // MARK: Deciding

    private func decide(
        _ request: HTTPRequest,
        at endpoint: Endpoint,
        _ writer: HTTPResponseWriter,
        _ challenge: Challenge,
        _ proceed: @escaping @Sendable (Caller) -> (any InFlight)?
    ) -> (any InFlight)? {
        guard let authenticator else { return nil }
        let credential: Credential?
        do throws(CredentialFields.Fault) {
            credential = try Self.credential(of: request)
        } catch {
            writer.write(malformed(error))
            return nil
        }
        let settle: @Sendable (Authentication) -> (any InFlight)? = { decision in
            if case .accepted(let caller) = decision { return proceed(caller) }
            if let refusal = Self.refusal(decision, challenge) { writer.write(refusal) }
            return nil
        }
        if let decision = authenticator.authenticate(credential, at: endpoint) { return settle(decision) }
        let deferred = DeferredWork()
        authenticator.authenticate(credential, at: endpoint) { decision in
            writer.onLoop {
                if !deferred.isAbandoned { deferred.become(settle(decision)) }
            }
        }
        return deferred
    }

    private static func credential(of request: HTTPRequest) throws(CredentialFields.Fault) -> Credential? {
        guard !QueryCredential.isPresent(in: request.head.uri) else {
            throw CredentialFields.Fault(sentence: QueryCredential.sentence)
        }
        return try CredentialFields.read(request)
    }

    private func challenge(_ request: HTTPRequest, at endpoint: Endpoint) -> Challenge {
        Challenge(
            resource: resource,
            target: request.head.uri,
            scopes: aliases().filter { endpoint.includes($0) }
        )
    }

    private func malformed(_ fault: CredentialFields.Fault) -> HTTPResponse {
        authenticator?.noteMalformed(fault.sentence)
        return .text(.badRequest, fault.sentence)
    }

    private static func refusal(_ decision: Authentication, _ challenge: Challenge) -> HTTPResponse? {
        switch decision {
        case .accepted: nil
        case .missing: challenge.unauthorized
        case .rejected(let sentence): challenge.unauthorized(because: sentence)
        case .unavailable(let sentence, let retryAfter):
            .text(.serviceUnavailable, sentence).with("retry-after", String(HTTPRefusal.seconds(retryAfter)))
        }
    }
}
