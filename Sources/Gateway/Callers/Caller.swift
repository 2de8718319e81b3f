/// Who sends a request and what it may do, as the transport found out before anything was done.
package struct Caller: Sendable {
    /// The caller's id, its kind in front: `key:ci`, `jwt:https://issuer|subject`, `platform`; nil for somebody on this machine.
    package var principal: String?
    package var grants: Grants
    /// False once the credential of the request is good for nothing any more: it ended or was taken back.
    ///
    /// For streams that stay open longer than the credential is good. May be asked on any thread; never blocks.
    package var isStillWelcome: @Sendable () -> Bool

    package init(
        principal: String?,
        grants: Grants,
        isStillWelcome: @escaping @Sendable () -> Bool = { true }
    ) {
        self.principal = principal
        self.grants = grants
        self.isStillWelcome = isStillWelcome
    }

    /// Whoever reaches a host that has no authentication: a program on the same machine.
    package static let local = Caller(principal: nil, grants: .everything)
}
