import CRoost

/// The plugin's side of roost.state/1: one table for every instance, which finds its instance through the plugin it is given.
///
/// Unchecked: the pointer is set once and leads to memory that nobody writes or frees afterwards.
struct StateTable: @unchecked Sendable {
    let pointer: UnsafePointer<roost_plugin_state>

    static let shared = StateTable()

    private init() {
        let table = UnsafeMutablePointer<roost_plugin_state>.allocate(capacity: 1)
        table.initialize(
            to: roost_plugin_state(
                size: UInt32(MemoryLayout<roost_plugin_state>.size),
                reserved: 0,
                export_state: { plugin, state in
                    guard let bytes = PluginInstance.behind(plugin)?.exportState() else {
                        return roost_status(ROOST_ERROR)
                    }
                    state.pointee = roost_buffer(handingOver: bytes)
                    return roost_status(ROOST_OK)
                },
                import_state: { plugin, state in
                    let isTaken = PluginInstance.behind(plugin)?.importState(state.copied) ?? false
                    return roost_status(isTaken ? ROOST_OK : ROOST_ERROR)
                }
            )
        )
        pointer = UnsafePointer(table)
    }
}
