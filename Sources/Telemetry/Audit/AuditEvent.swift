/// Something an operator did, or somebody was refused: what an audit asks for afterwards.
package struct AuditEvent: Sendable, Hashable {
    /// What was done or tried.
    ///
    /// Raw values appear in the log and in metrics; a new kind of action is a new case.
    package enum Action: String, Sendable, CaseIterable {
        /// Somebody showed credentials, or none where some are needed.
        case authentication
        /// A principal asked for what it has no scope for.
        case authorization
        /// A key was made or revoked.
        case key
        /// A plugin, or the whole configuration, was loaded anew.
        case reload
        case restart
        /// A plugin crashed too often and stays down, or came back.
        case quarantine
        case cachePurge = "cache_purge"
        /// Any other administrative request.
        case administration
    }

    package enum Outcome: String, Sendable, CaseIterable {
        case done, refused, failed
    }

    package var action: Action
    package var outcome: Outcome
    /// Who; nil: unknown, or the host itself.
    package var principal: String?
    /// The alias of the plugin it is about; nil: none in particular.
    package var plugin: String?
    /// A sentence; secrets in it are made unreadable.
    package var reason: String?
    /// Where the request came from, such as an address; nil: from the host itself.
    package var origin: String?

    package init(
        _ action: Action,
        _ outcome: Outcome,
        principal: String? = nil,
        plugin: String? = nil,
        reason: String? = nil,
        origin: String? = nil
    ) {
        self.action = action
        self.outcome = outcome
        self.principal = principal
        self.plugin = plugin
        self.reason = reason
        self.origin = origin
    }
}
