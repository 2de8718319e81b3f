/// One thing that holds a plugin back; Documentation/Confinement.md describes each.
package enum ConfinementMeasure: String, Sendable, CaseIterable {
    /// No variable of the host's environment but those it was promised.
    case environment
    /// No descriptor of the host.
    case descriptors
    /// A session and a process group of its own, so that it is ended with all it started.
    case session
    /// Memory, open files, processes, CPU time and core files.
    case limits
    /// No program it runs gains privileges.
    case privileges
    /// None of root's powers but the use of files.
    case capabilities
    /// Files: its own data to change, the system's libraries to read.
    case files
    /// No commands to devices.
    case devices
    /// No sockets of its own.
    case network
    /// No programs and no child processes.
    case exec
    /// No signal to anybody but itself and its children.
    case signals
    /// No system call that is made for administration, or that goes around the other measures.
    case systemCalls = "system_calls"

    /// What became of a measure.
    package enum State: String, Sendable, CaseIterable {
        /// In force.
        case enforced
        /// Not in force because host.yaml grants what it would deny.
        case granted
        /// In force in part.
        case degraded
        /// Not in force.
        case absent
    }
}
