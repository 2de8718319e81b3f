import CRoost
import RoostKit
import Synchronization

/// A plugin's C table, called as a host calls it.
///
/// Unchecked: `table` is set once; its functions may be called from any thread, except for the control
/// functions, which this type calls one after the other, on `control`.
final class PluginTable: @unchecked Sendable {
    private let host: TestHost
    private let table: UnsafePointer<roost_plugin>
    private let lent = Mutex<[UInt64: LentRequest]>([:])
    /// Held by whoever calls a control function.
    private let control = Mutex(Stage.created)

    /// Where the instance is in its life, in the words of roost/base.h.
    private enum Stage {
        case created, started, destroyed
    }

    init?(
        _ host: TestHost,
        config: JSONValue,
        _ build: @Sendable (PluginEnvironment) throws -> any PluginContents
    ) {
        self.host = host
        let made = config.bytes.withUnsafeBufferPointer { bytes in
            makeInstance(host.table, config: roost_view(data: bytes.baseAddress, size: bytes.count), build)
        }
        guard let made else { return nil }
        table = made
    }

    deinit { takeDown() }

    func start() async -> Bool {
        await OwnThread.run { [self] in
            control.withLock { stage in
                let isStarted = table.pointee.start(table) == ROOST_OK
                if isStarted { stage = .started }
                return isStarted
            }
        }
    }

    /// Stops the plugin and frees it: nothing else may be asked of it afterwards.
    func stop() async {
        await OwnThread.run { [self] in takeDown() }
    }

    var manifest: [UInt8] {
        control.withLock { _ in TestHost.bytes(table.pointee.manifest(table)) }
    }

    /// The plugin's state, or nil when it keeps none or could not export it.
    func exportState() async -> [UInt8]? {
        await OwnThread.run { [self] in
            control.withLock { _ in
                guard let functions = stateFunctions else { return nil }
                var buffer = roost_buffer()
                guard functions.pointee.export_state(table, &buffer) == ROOST_OK else { return nil }
                // Handed over: copied and released, once.
                defer { buffer.release?(buffer.context) }
                return TestHost.bytes(roost_view(data: buffer.data, size: buffer.size))
            }
        }
    }

    /// Hands over what another instance exported; false when the plugin keeps no state or does not take it.
    func importState(_ bytes: [UInt8]) async -> Bool {
        await OwnThread.run { [self] in
            control.withLock { _ in
                guard let functions = stateFunctions else { return false }
                return bytes.withUnsafeBufferPointer {
                    functions.pointee.import_state(table, roost_view(data: $0.baseAddress, size: $0.count))
                } == ROOST_OK
            }
        }
    }

    /// The id stands for this struct, which lives until destroy.
    private var stateFunctions: UnsafePointer<roost_plugin_state>? {
        table.pointee.get_extension(table, ROOST_EXT_STATE)?.assumingMemoryBound(to: roost_plugin_state.self)
    }

    func call(_ call: UInt64, _ contents: LentRequest.Contents) {
        let request = LentRequest(contents)
        // Kept until the plugin is gone: longer than the contract asks, and simpler than watching for each
        // end.
        lent.withLock { $0[call] = request }
        table.pointee.call(table, call, request.request)
    }

    func cancel(_ call: UInt64) { table.pointee.cancel(table, call) }

    private func takeDown() {
        control.withLock { stage in
            if stage == .started { table.pointee.stop(table) }
            if stage != .destroyed { table.pointee.destroy(table) }
            stage = .destroyed
        }
    }
}
