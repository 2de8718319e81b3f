/// Decides whether this machine may write to the volume.
///
/// SQLite's locks hold between processes of one kernel; a volume that two machines mount needs more. A lease names the
/// machine that writes; it is renewed while that machine lives and runs out when it does not.
///
/// ```
/// machine A                        machine B
/// take: nobody's ── owns
/// renew ........................   take: A's, fresh ── reads only
/// (dies)
///                                  check: A's, run out ── owns
/// (wakes) renew: B's ── reads only
/// ```
struct LeaseState: Sendable, Equatable {
    /// What stands in the lease file.
    struct Record: Sendable, Equatable {
        /// The machine: the boot id of its kernel.
        var machine: String
        /// A name for people.
        var host: String
        /// Milliseconds of the Unix epoch.
        var renewedAt: Int64
    }

    /// What to do after a look at the file.
    enum Action: Sendable, Equatable {
        /// Write this record, then the machine may write.
        case write(Record)
        /// Another machine writes; its name is for messages.
        case readOnly(owner: String)
    }

    /// A record older than this is nobody's any more, in milliseconds.
    static let lifetime: Int64 = 20_000
    /// How often the owner renews, in milliseconds.
    static let renewal: Int64 = 5_000

    let machine: String
    let host: String

    /// Looks at what the file says now; nil when there is none, or none that can be read.
    func decide(_ found: Record?, now: Int64) -> Action {
        if let found, found.machine != machine {
            // A clock that is ahead must not keep the volume for ever.
            let age = abs(now - found.renewedAt)
            if age < Self.lifetime { return .readOnly(owner: found.host) }
        }
        return .write(Record(machine: machine, host: host, renewedAt: now))
    }
}
