/// What a process takes of the machine.
package struct ProcessUsage: Sendable, Hashable {
    /// The kernel's number of the process.
    package var process: Int32
    /// CPU time of all its threads since it began, in seconds.
    package var cpuSeconds: Double
    /// Memory that is in RAM, in bytes.
    package var residentBytes: Int
    package var threads: Int
    /// Open descriptors; nil when they may not be counted.
    package var openFiles: Int?
    /// True when others share the process, so that the figures are not this plugin's alone.
    package var isShared: Bool

    /// What the host's own process takes.
    package static var ofThisProcess: ProcessUsage? {
        ProcessTable.usage(of: ProcessTable.own, isShared: false)
    }
}
