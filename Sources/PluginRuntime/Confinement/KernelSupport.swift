/// What the kernel under this process offers for confinement.
package struct KernelSupport: Sendable, Hashable {
    /// The version of Landlock.
    ///
    /// 0: none.
    package var landlock: Int
    /// Why there is no Landlock; nil when there is.
    package var landlockReason: String?
    /// True when system calls can be filtered.
    package var filtersCalls: Bool
    /// False when this process is the machine's root, whose processes the kernel does not count.
    package var countsProcesses: Bool

    package init(landlock: Int, landlockReason: String? = nil, filtersCalls: Bool, countsProcesses: Bool) {
        self.landlock = landlock
        self.landlockReason = landlockReason
        self.filtersCalls = filtersCalls
        self.countsProcesses = countsProcesses
    }

    /// One line for people.
    package var summary: String {
        let files = landlockReason ?? "Landlock \(landlock)"
        return "\(files), \(filtersCalls ? "system call filter" : "no system call filter")"
    }
}
