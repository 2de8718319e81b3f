import CRoost
import Glibc
import Synchronization

/// The host behind the C boundary.
///
/// Unchecked, because pointers are not Sendable. They are set once and point to the host's tables, whose
/// functions may be called from any thread and which live until destroy returns. `gate` keeps every use
/// before that moment: a task that outlives its plugin finds it closed.
final class CHost: HostLink, @unchecked Sendable {
    private struct Gate {
        var users = 0
        var isClosed = false
    }

    let alias: String
    let dataDirectory: String
    private let host: UnsafePointer<roost_host>
    let http: UnsafePointer<roost_host_http>?
    private let log: UnsafePointer<roost_host_log>?
    private let progress: UnsafePointer<roost_host_progress>?
    private let manifest: UnsafePointer<roost_host_manifest>?
    private let resources: UnsafePointer<roost_host_resources>?
    private let stream: UnsafePointer<roost_host_stream>?
    private let gate = Mutex(Gate())

    init(_ host: UnsafePointer<roost_host>) {
        self.host = host
        alias = host.pointee.alias.text
        dataDirectory = host.pointee.data_directory.text
        http = Self.extension(ROOST_EXT_HTTP, of: host)
        log = Self.extension(ROOST_EXT_LOG, of: host)
        progress = Self.extension(ROOST_EXT_PROGRESS, of: host)
        manifest = Self.extension(ROOST_EXT_MANIFEST, of: host)
        resources = Self.extension(ROOST_EXT_RESOURCES, of: host)
        stream = Self.extension(ROOST_EXT_STREAM, of: host)
    }

    /// Waits for those who are speaking to the host right now and lets nobody in again.
    func close() {
        gate.withLock { $0.isClosed = true }
        // Host functions return promptly and none of them destroys a plugin, so this is a matter of
        // microseconds.
        while gate.withLock({ $0.users > 0 }) { sched_yield() }
    }

    func complete(_ call: UInt64, with outcome: CallOutcome) {
        use { host in
            let (status, bytes): (Int, [UInt8]) =
                switch outcome {
                case .complete(let bytes): (ROOST_OK, bytes)
                case .inputRequired(let bytes): (ROOST_INPUT_REQUIRED, bytes)
                case .error(let bytes): (ROOST_ERROR, bytes)
                case .cancelled: (ROOST_CANCELLED, [])
                }
            _ = host.pointee.complete(host, call, roost_status(status), roost_buffer(handingOver: bytes))
        }
    }

    func isCancelled(_ call: UInt64) -> Bool {
        use { $0.pointee.is_cancelled($0, call) } ?? true
    }

    func log(call: UInt64, level: LogLevel, logger: String, data: () -> JSONValue) {
        guard let log else { return }
        use { host in
            guard log.pointee.is_enabled(host, call, level.rawValue) else { return }
            Array(logger.utf8).lent { logger in
                data().bytes.lent { log.pointee.write(host, call, level.rawValue, logger, $0) }
            }
        }
    }

    func report(call: UInt64, progress value: Double, total: Double, message: String) {
        guard let progress else { return }
        use { host in
            Array(message.utf8).lent { _ = progress.pointee.report(host, call, value, total, $0) }
        }
    }

    func manifestChanged() {
        guard let manifest else { return }
        use { manifest.pointee.changed($0) }
    }

    func resourceUpdated(_ uri: String) {
        guard let resources else { return }
        use { host in Array(uri.utf8).lent { resources.pointee.updated(host, $0) } }
    }

    func closeStream(of call: UInt64, retryAfter: Duration) -> Bool {
        guard let stream else { return false }
        let nanoseconds =
            UInt64(clamping: retryAfter.components.seconds * 1_000_000_000)
            + UInt64(clamping: retryAfter.components.attoseconds / 1_000_000_000)
        return use { stream.pointee.close($0, call, nanoseconds) == ROOST_OK } ?? false
    }

    /// Nil when the plugin was destroyed meanwhile.
    @discardableResult
    func use<Result>(_ body: (UnsafePointer<roost_host>) -> Result) -> Result? {
        let isOpen = gate.withLock { gate in
            if !gate.isClosed { gate.users += 1 }
            return !gate.isClosed
        }
        guard isOpen else { return nil }
        defer { gate.withLock { $0.users -= 1 } }
        return body(host)
    }

    /// The host promises that an id leads to the struct that the id's header describes.
    private static func `extension`<Table>(
        _ id: String,
        of host: UnsafePointer<roost_host>
    ) -> UnsafePointer<Table>? {
        host.pointee.get_extension(host, id)?.assumingMemoryBound(to: Table.self)
    }
}
