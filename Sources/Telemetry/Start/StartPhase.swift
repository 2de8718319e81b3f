/// What a host has behind it on its way from a new process to the first answer.
package enum StartPhase: String, Sendable, CaseIterable {
    /// The configuration was read and the parts that need no plugin stand.
    case configured
    /// /ping is answered.
    case listening
    /// Every plugin's manifest is known, so that lists can be answered.
    case manifests
    /// The plugins that start with the host run, or have failed.
    case eager
    /// Calls are taken.
    case ready
    /// A queue worker asked for its first job.
    case firstTake = "first_take"
}
