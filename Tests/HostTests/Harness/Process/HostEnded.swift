/// A host that ended before it answered.
struct HostEnded: Error, CustomStringConvertible {
    let pid: String
    let log: String

    var description: String { "the host (process \(pid)) ended before it answered; its log:\n\(log)" }
}
