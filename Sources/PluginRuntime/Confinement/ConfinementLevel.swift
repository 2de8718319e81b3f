/// How much a plugin's confinement matters to the operator.
package enum ConfinementLevel: String, Sendable, CaseIterable {
    /// The plugin does not start unless every measure is in force.
    case require
    /// Every measure this kernel offers is in force.
    case bestEffort = "best-effort"
    /// Only limits, a clean environment, no foreign descriptors and a session of its own.
    case off
}
