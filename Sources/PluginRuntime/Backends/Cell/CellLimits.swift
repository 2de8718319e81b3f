/// What the kernel lets the process of a cell take.
///
/// Plugins that share a cell share its limits: the sums of what each may take, and none where one of them has none.
struct CellLimits: Sendable, Hashable {
    /// Bytes of address space; nil: no limit but the system's.
    var memory: UInt64?
    /// Open descriptors; nil: no limit but the system's.
    var openFiles: UInt64?
    /// Processes and threads beside those the user has already; nil: no limit but the system's.
    var processes: UInt64?
    /// Seconds of CPU time in the cell's life, rounded up; nil: no limit but the system's.
    var cpuSeconds: UInt64?

    init(for members: [PluginSpecification]) {
        memory = Self.sum(members.map(\.memory))
        openFiles = Self.sum(members.map(\.openFiles))
        processes = Self.sum(members.map(\.processes))
        cpuSeconds = Self.sum(
            members.map { member in
                member.cpu.map { Int($0.components.seconds) + ($0.components.attoseconds > 0 ? 1 : 0) }
            }
        )
    }

    private static func sum(_ parts: [Int?]) -> UInt64? {
        let known = parts.compactMap { $0 }
        guard known.count == parts.count, !parts.isEmpty else { return nil }
        return known.reduce(0) { $0 + UInt64(clamping: $1) }
    }
}
