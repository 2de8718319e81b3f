import CRoost
import Dispatch
import RoostKit
import Synchronization

/// A plugin's C table, called as a host calls it.
///
/// Unchecked: `table` is set once; its functions may be called from any thread, except for the control
/// functions, which this type calls one after the other, on `control`.
final class PluginTable: @unchecked Sendable {
    private let host: TestHost
    private let table: UnsafePointer<roost_plugin>
    private let control = DispatchQueue(label: "roost.testing.control")
    private let lent = Mutex<[UInt64: LentRequest]>([:])
    private let stage = Mutex(Stage.created)

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
        await withCheckedContinuation { continuation in
            control.async { [self] in
                let isStarted = table.pointee.start(table) == ROOST_OK
                if isStarted { stage.withLock { $0 = .started } }
                continuation.resume(returning: isStarted)
            }
        }
    }

    /// Stops the plugin and frees it: nothing else may be asked of it afterwards.
    func stop() async {
        await withCheckedContinuation { continuation in
            control.async { [self] in
                takeDown()
                continuation.resume()
            }
        }
    }

    var manifest: [UInt8] { control.sync { TestHost.bytes(table.pointee.manifest(table)) } }

    func call(_ call: UInt64, _ contents: LentRequest.Contents) {
        let request = LentRequest(contents)
        // Kept until the plugin is gone: longer than the contract asks, and simpler than watching for each
        // end.
        lent.withLock { $0[call] = request }
        table.pointee.call(table, call, request.request)
    }

    func cancel(_ call: UInt64) { table.pointee.cancel(table, call) }

    private func takeDown() {
        let last = stage.withLock { stage in
            defer { stage = .destroyed }
            return stage
        }
        if last == .started { table.pointee.stop(table) }
        if last != .destroyed { table.pointee.destroy(table) }
    }
}
