import Logging
import NIOCore

/// What it takes to start a cell.
struct CellPlan: Sendable {
    /// Who will be in it, for messages: an alias or a group's name.
    var name: String
    /// Absolute path of the host's own executable.
    var executable: String
    /// The build of that executable when the host began; nil when it could not be looked at.
    var build: String?
    var environment: [String: String]
    var confinement: ConfinementPlan
    /// True when several plugins are meant to be in it.
    var isShared: Bool
    /// Where reports of its crash go.
    var reports: CrashReportStore
    var eventLoop: any EventLoop
    var logger: Logger

    /// True when a process started by the other plan would be one like this.
    func isSameProcess(as other: CellPlan) -> Bool {
        environment == other.environment && isShared == other.isShared && executable == other.executable
            && confinement.level == other.confinement.level && confinement.frame == other.confinement.frame
    }
}
