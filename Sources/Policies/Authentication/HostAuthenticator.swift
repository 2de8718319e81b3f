package import Gateway
import Synchronization

/// Finds out who calls this host: by a key, by a token, or because a gateway in front has done so already.
package final class HostAuthenticator: Authenticator {
    private let keys: APIKeyRing
    private let tokens: TokenVerifier
    private let platform: Caller?
    private let refused: @Sendable (String) -> Void
    private let budget = Mutex(LogBudget())
    private let counts = AuthenticationCounts()

    /// Puts the ways in together.
    ///
    /// `platform`: who somebody is that shows nothing this host could check; nil: nobody, and so refused.
    /// `refused`: hears why somebody was refused, so often as a log can bear.
    package init(
        keys: APIKeyRing,
        tokens: TokenVerifier,
        platform: Caller?,
        refused: @escaping @Sendable (String) -> Void
    ) {
        self.keys = keys
        self.tokens = tokens
        self.platform = platform
        self.refused = refused
    }

    package func authenticate(_ credential: Credential?, at endpoint: Endpoint?) -> Authentication? {
        let decision: Authentication?
        switch credential?.kind {
        case nil: decision = platform.map { .accepted($0) } ?? .missing
        case .foreign: decision = platform.map { .accepted($0) } ?? .rejected(Self.foreign)
        case .key: decision = credential.map { find($0.text) }
        case .token: decision = credential.flatMap { tokens.verify($0.text, at: endpoint) }
        }
        if let decision { note(decision, credential) }
        return decision
    }

    package func authenticate(
        _ credential: Credential?,
        at endpoint: Endpoint?,
        _ decided: @escaping @Sendable (Authentication) -> Void
    ) {
        guard let credential, credential.kind == .token else {
            // Everything else is decided at once.
            return decided(authenticate(credential, at: endpoint) ?? .missing)
        }
        tokens.verify(credential.text, at: endpoint) { [self] decision in
            note(decision, credential)
            decided(decision)
        }
    }

    package func noteMalformed(_ sentence: String) {
        counts.countMalformed()
        log(sentence)
    }

    private static let foreign =
        "what was sent is neither a key of this host nor a token: send Authorization: Bearer and one of them"

    private func find(_ text: String) -> Authentication {
        switch keys.find(text) {
        case .accepted(let caller): .accepted(caller)
        case .malformed: .rejected("the key is not whole: some of its letters are missing or wrong")
        case .unknown: .rejected("the key is unknown or was revoked")
        case .expired: .rejected("the key has expired")
        }
    }

    // MARK: Telling

    private func note(_ decision: Authentication, _ credential: Credential?) {
        counts.count(decision, credential?.kind)
        switch decision {
        case .accepted, .missing: break
        case .rejected(let sentence): log(sentence)
        case .unavailable(let sentence, _): log(sentence)
        }
    }

    /// The reason and never the credential; a flood of them fills no disk.
    private func log(_ sentence: String) {
        guard case .write(let omitted) = budget.withLock({ $0.spend(at: .now) }) else { return }
        let rest = omitted > 0 ? " (\(omitted) more before it were not written)" : ""
        refused("\(sentence)\(rest)")
    }
}
