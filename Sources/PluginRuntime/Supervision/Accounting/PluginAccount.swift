/// What one plugin is, does and takes at a moment: for operators, /health and metrics.
package struct PluginAccount: Sendable {
    /// Where a plugin is in its life.
    package enum State: String, Sendable, CaseIterable {
        /// Not running; the next call starts it.
        case idle
        case starting
        case running
        /// It crashed, and waits for its pause to end.
        case pausing
        /// It crashed too often and is not started any more.
        case quarantined
        /// It runs in the host's process and hangs in calls; it cannot be replaced.
        case stuck
        case stopped
    }

    /// A crash that happened.
    package struct Crash: Sendable, Hashable {
        package var time: Timestamp
        /// The signal, the exit code, or why the host ended the process.
        package var reason: String
        /// The report's file; nil when none is kept.
        package var report: String?
    }

    /// Waits for a place, in seconds.
    package struct QueueWait: Sendable, Hashable {
        package var total: Double
        package var longest: Double
        /// The median of the last minute, right to a factor of two.
        package var p50: Double
        package var p99: Double
    }

    package var alias: String
    /// What the plugin calls itself.
    package var name: String
    package var version: String
    /// SHA-256 of the library, in hexadecimal; empty when it is not known.
    package var imageDigest: String
    /// Counts the lives of the plugin: starts and reloads; 0 before the first.
    package var generation: UInt64
    /// own, host, or the name of its group.
    package var process: String
    package var state: State
    package var since: Timestamp
    /// What the process takes that holds it; nil while it does not run.
    package var usage: ProcessUsage?
    /// What holds it back: as its cell said while it runs, as this kernel promises otherwise.
    package var confinement: ConfinementReport

    /// Calls the plugin works on for somebody.
    package var callsInFlight: Int
    /// Calls that wait for a place.
    package var callsWaiting: Int
    /// Calls whose caller was told an end and which the plugin still has.
    package var callsAbandoned: Int
    /// Since the host began.
    package var callsTotal: Int
    package var callsFailed: Int
    package var queueWait: QueueWait

    /// Starts after the first one.
    package var restarts: Int
    /// Times its process ended without being asked to, or it did not start.
    package var deaths: Int
    package var reloads: Int
    package var lastCrash: Crash?
}
