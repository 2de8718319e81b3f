import Gateway

/// Lets every request pass as one caller: for requests of the host itself in the name of somebody it has let in.
struct KnownCaller: Authenticator {
    let caller: Caller

    func authenticate(_ credential: Credential?, at endpoint: Endpoint?) -> Authentication? {
        .accepted(caller)
    }

    func authenticate(
        _ credential: Credential?,
        at endpoint: Endpoint?,
        _ decided: @escaping @Sendable (Authentication) -> Void
    ) {
        decided(.accepted(caller))
    }

    func noteMalformed(_ sentence: String) {}
}
