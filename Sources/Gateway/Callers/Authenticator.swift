/// Finds out who sends a request from what it shows.
///
/// Functions may come on any thread and never block.
package protocol Authenticator: Sendable {
    /// Decides when nothing has to be fetched for it; nil when something has.
    ///
    /// `endpoint`: what the caller wants to reach; nil for addresses of operators.
    func authenticate(_ credential: Credential?, at endpoint: Endpoint?) -> Authentication?

    /// Decides, however long it takes, and gives its decision once, on any thread.
    func authenticate(
        _ credential: Credential?,
        at endpoint: Endpoint?,
        _ decided: @escaping @Sendable (Authentication) -> Void
    )

    /// Hears of a request whose credential could not even be read, for the log; the sentence holds nothing of it.
    func noteMalformed(_ sentence: String)
}

/// What an authenticator found out.
package enum Authentication: Sendable {
    case accepted(Caller)
    /// Nothing was shown, and nobody is let in without.
    case missing
    /// What was shown is wrong; the sentence is for whoever showed it, and says nothing about anybody else.
    case rejected(String)
    /// Nobody can tell at present, and the caller did nothing wrong.
    case unavailable(String, retryAfter: Duration)
}
