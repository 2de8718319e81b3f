import CRoost
import Glibc
import Synchronization

/// One instance of a plugin behind its C table.
///
/// Unchecked, for two pointers: `table` is set once, in `publish`, before anybody else knows the instance;
/// `manifestBytes` is touched only by the manifest function and destroy, both [control], so never by two
/// threads at once.
final class PluginInstance: @unchecked Sendable {
    private let plugin: any PluginContents
    private let host: CHost
    private let environment: PluginEnvironment
    private let catalog: Mutex<Catalog>
    private let open = Mutex(OpenCalls())
    private let table = UnsafeMutablePointer<roost_plugin>.allocate(capacity: 1)
    private var manifestBytes: UnsafeMutableBufferPointer<UInt8>?

    private init(_ plugin: any PluginContents, _ host: CHost, _ environment: PluginEnvironment) throws {
        self.plugin = plugin
        self.host = host
        self.environment = environment
        catalog = Mutex(try Catalog(of: plugin))
    }

    /// Makes a plugin and its table, or says in the log why it cannot.
    static func make(
        _ host: UnsafePointer<roost_host>,
        config: roost_view,
        _ build: (PluginEnvironment) throws -> any PluginContents
    ) -> UnsafePointer<roost_plugin>? {
        let link = CHost(host)
        let changes = ChangeSignal()
        do {
            let config = try CallRequest.object(config.copied, "the plugin's configuration")
            let environment = PluginEnvironment(config: JSONValue(config), host: link, changes: changes)
            let instance = try PluginInstance(try build(environment), link, environment)
            changes.connect { [weak instance] in instance?.refresh() }
            return instance.publish()
        } catch {
            link.log(call: 0, level: .error, logger: "RoostKit") {
                .string("The plugin cannot be made: \(error)")
            }
            return nil
        }
    }

    /// Reads the lists again; when they cannot be described, the old ones stay.
    private func refresh() {
        do {
            let fresh = try Catalog(of: plugin)
            _ = try fresh.manifest()
            catalog.withLock { $0 = fresh }
            host.manifestChanged()
        } catch {
            host.log(call: 0, level: .error, logger: "RoostKit") {
                .string("The changed lists cannot be described, the old ones stay: \(error)")
            }
        }
    }

    private func start() -> roost_status {
        let failure = BlockingWait.run(on: .shared) { [plugin] () async -> String? in
            do {
                try await plugin.start()
                return nil
            } catch {
                return "\(error)"
            }
        }
        guard let failure else { return roost_status(ROOST_OK) }
        host.log(call: 0, level: .error, logger: "RoostKit") {
            .string("The plugin did not start: \(failure)")
        }
        return roost_status(ROOST_ERROR)
    }

    private func stop() {
        BlockingWait.run(on: .shared) { [plugin] in await plugin.stop() }
    }

    private func begin(_ request: CallRequest) {
        let router = CallRouter(catalog: catalog.withLock { $0 }, host: host, environment: environment)
        open.withLock { $0.begin(request.call) }
        let serve: @Sendable () async -> Void = { [self] in
            let outcome = await router.serve(request)
            open.withLock { $0.end(request.call) }
            host.complete(request.call, with: outcome)
        }
        let runsInline =
            request.method == "tools/call" && router.catalog.tools[request.target]?.runsInline == true
        let task =
            runsInline
            ? Task.immediate(executorPreference: ThreadPool.shared) { await serve() }
            : Task(executorPreference: ThreadPool.shared) { await serve() }
        if open.withLock({ $0.attach(task, to: request.call) }) { task.cancel() }
    }

    private func cancel(_ call: UInt64) {
        open.withLock { $0.cancel(call) }?.cancel()
    }

    private func currentManifest() -> roost_view {
        let bytes: [UInt8]
        do {
            bytes = try catalog.withLock { $0 }.manifest()
        } catch {
            host.log(call: 0, level: .error, logger: "RoostKit") {
                .string("The manifest cannot be written: \(error)")
            }
            return roost_view()
        }
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = copy.initialize(from: bytes)
        manifestBytes?.deallocate()
        manifestBytes = copy
        return roost_view(data: copy.baseAddress, size: copy.count)
    }

    /// The plugin's side of an extension.
    private func `extension`(_ id: String) -> UnsafeRawPointer? {
        guard id == ROOST_EXT_STATE, plugin is any StatefulPlugin else { return nil }
        return UnsafeRawPointer(StateTable.shared.pointer)
    }

    /// The plugin's state for another version of it; nil when it cannot be had, and the log says why.
    func exportState() -> [UInt8]? {
        guard let stateful = plugin as? any StatefulPlugin else { return nil }
        let result = BlockingWait.run(on: .shared) { () async -> Result<[UInt8], any Error> in
            do { return .success(try await stateful.exportedBytes()) } catch { return .failure(error) }
        }
        switch result {
        case .success(let bytes): return bytes
        case .failure(let error):
            host.log(call: 0, level: .error, logger: "RoostKit") {
                .string("The state cannot be exported: \(error)")
            }
            return nil
        }
    }

    /// Hands over what another version exported; false when the plugin does not take it, and the log says why.
    func importState(_ bytes: [UInt8]) -> Bool {
        guard let stateful = plugin as? any StatefulPlugin else { return false }
        let failure = BlockingWait.run(on: .shared) { () async -> String? in
            do {
                try await stateful.importBytes(bytes)
                return nil
            } catch { return "\(error)" }
        }
        guard let failure else { return true }
        host.log(call: 0, level: .error, logger: "RoostKit") {
            .string("The state of the version before cannot be imported: \(failure)")
        }
        return false
    }

    private func destroy() {
        environment.changes.disconnect()
        host.close()
        manifestBytes?.deallocate()
        table.deinitialize(count: 1)
        table.deallocate()
    }
}

// The C table. Its functions get the instance back from `context`, which holds one reference from publish to
// destroy.
extension PluginInstance {
    private func publish() -> UnsafePointer<roost_plugin> {
        table.initialize(
            to: roost_plugin(
                size: UInt32(MemoryLayout<roost_plugin>.size),
                reserved: 0,
                context: Unmanaged.passRetained(self).toOpaque(),
                start: { PluginInstance.behind($0)?.start() ?? roost_status(ROOST_ERROR) },
                stop: { PluginInstance.behind($0)?.stop() },
                destroy: { table in
                    guard let context = table.pointee.context else { return }
                    Unmanaged<PluginInstance>.fromOpaque(context).takeRetainedValue().destroy()
                },
                manifest: { PluginInstance.behind($0)?.currentManifest() ?? roost_view() },
                call: { PluginInstance.behind($0)?.begin(CallRequest($1, $2)) },
                cancel: { PluginInstance.behind($0)?.cancel($1) },
                get_extension: { table, id in
                    PluginInstance.behind(table)?.extension(String(cString: id))
                }
            )
        )
        return UnsafePointer(table)
    }

    static func behind(_ table: UnsafePointer<roost_plugin>) -> PluginInstance? {
        table.pointee.context.map { Unmanaged<PluginInstance>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension CallRequest {
    /// Copies a request while the host lends it.
    fileprivate init(_ call: roost_call, _ request: UnsafePointer<roost_request>) {
        let lent = request.pointee
        self.init(call: call, method: lent.method.text, target: lent.target.text)
        arguments = lent.arguments.copied
        inputResponses = lent.input_responses.copied
        state = lent.state.copied
        context = lent.context.copied
        wantsProgress = lent.flags & UInt32(ROOST_REQUEST_WANTS_PROGRESS) != 0
        if lent.deadline_ns > 0 { deadline = Self.instant(of: lent.deadline_ns) }
    }

    /// Swift's clocks have no point in common with CLOCK_MONOTONIC, so the time that is left is what crosses.
    private static func instant(of nanoseconds: UInt64) -> ContinuousClock.Instant {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let left = Int64(clamping: nanoseconds) - (Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
        return ContinuousClock.now + .nanoseconds(left)
    }
}
