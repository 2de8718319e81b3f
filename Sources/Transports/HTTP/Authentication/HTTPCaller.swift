import Gateway

/// Who sends a request over HTTP, and what it is told when it may not do something.
struct HTTPCaller: Sendable {
    let caller: Caller
    /// Nil where there is no authentication, and so nothing to ask for.
    let challenge: Challenge?

    init(_ caller: Caller, _ challenge: Challenge? = nil) {
        self.caller = caller
        self.challenge = challenge
    }

    var principal: String? { caller.principal }
    var grants: Grants { caller.grants }
}
