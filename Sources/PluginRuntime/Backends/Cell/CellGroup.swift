import NIOCore
import Synchronization

/// The plugins that share a cell, or one plugin with a cell of its own: finds them the cell that lives, or starts one.
actor CellGroup {
    nonisolated let plan: CellPlan
    private var starting: Task<Result<Cell, PluginFailure>, Never>?

    init(_ plan: CellPlan) { self.plan = plan }

    nonisolated var eventLoop: any EventLoop { plan.eventLoop }

    /// What will hold back the plugins of the group.
    nonisolated var confinement: ConfinementReport {
        ConfinementReport(plan.confinement.frame, on: .ofThisMachine)
    }

    /// Brings a plugin into the group's cell.
    ///
    /// - Returns: The cell and the plugin's number in it.
    func enter(_ host: any HostSide, alias: String) async throws(PluginFailure) -> (Cell, UInt32) {
        while true {
            let task = starting ?? start()
            switch await task.value {
            case .success(let cell):
                if let plugin = cell.admit(host, alias: alias) { return (cell, plugin) }
                // Dead or on its way out. Whoever comes first makes room for the next one.
                if starting == task { starting = nil }
            case .failure(let failure):
                if starting == task { starting = nil }
                throw PluginFailure(failure.cause, plugin: alias, failure.message)
            }
        }
    }

    private func start() -> Task<Result<Cell, PluginFailure>, Never> {
        let plan = plan
        let task = Task { () -> Result<Cell, PluginFailure> in
            do throws(PluginFailure) {
                return .success(try await Cell.start(plan))
            } catch {
                return .failure(error)
            }
        }
        starting = task
        return task
    }
}
