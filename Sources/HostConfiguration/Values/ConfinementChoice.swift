/// How much the confinement of plugins matters.
package enum ConfinementChoice: String, Sendable, CaseIterable {
    /// A plugin does not start unless every measure is in force.
    case require
    /// Every measure the kernel offers is in force.
    case bestEffort = "best-effort"
    /// Only limits, a clean environment and a session of its own.
    case off
}
