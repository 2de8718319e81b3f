import CellProtocol

/// What a cell gives up: the plugins in it share its confinement, which leaves each of them what any of them needs.
///
/// The strictest level of the members counts; only where all are off is there none.
struct ConfinementPlan: Sendable {
    var level: ConfinementLevel
    /// What the cell is told.
    var frame: ConfineFrame

    /// Plans for the plugins of one cell.
    ///
    /// `images` is the folder of the copies that are loaded, `hostData` the host's whole data directory.
    init(for members: [PluginSpecification], images: String, hostData: String) {
        let levels = members.map(\.confinement)
        level = levels.contains(.require) ? .require : levels.contains(.bestEffort) ? .bestEffort : .off
        let granted = members.reduce(PluginPermissions()) { $0.union($1.permissions) }
        let limits = CellLimits(for: members)
        frame = ConfineFrame()
        frame.isConfined = level != .off
        frame.mayExecute = granted.exec
        frame.mayUseNetwork = granted.network
        frame.readable = [images] + granted.read
        frame.writable = members.map(\.dataDirectory) + granted.write
        frame.hidden = hostData
        frame.memory = limits.memory ?? 0
        frame.openFiles = limits.openFiles ?? 0
        frame.processes = limits.processes ?? 0
        frame.cpuSeconds = limits.cpuSeconds ?? 0
    }

    /// Why a cell with this report must not hold the plugins; nil when it may.
    func refusal(_ report: ConfinementReport, name: String) -> String? {
        guard level == .require, !report.missing.isEmpty else { return nil }
        return """
            confinement: require is set for \(name), and this is missing: \(report.shortfall). \
            Use a kernel that offers it, or set confinement: best-effort
            """
    }
}

extension PluginFailure {
    /// A plugin that must be confined runs where it cannot be.
    package init(unconfinable alias: String) {
        self.init(
            .unavailable,
            plugin: alias,
            """
            confinement: require is set for \(alias), and nothing of a plugin in the host's process can be held back. \
            Set process: own for it, or confinement: off
            """
        )
    }
}
