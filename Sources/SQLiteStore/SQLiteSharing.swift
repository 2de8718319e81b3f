/// Who else may have a SQLite file open.
package enum SQLiteSharing: Sendable {
    /// Nobody: a second store, in this process or another, is refused after two seconds.
    case alone
    /// Other processes of this machine: each waits up to ten seconds for the others.
    ///
    /// Not for network volumes: what the processes share lies in memory.
    case processes
}
