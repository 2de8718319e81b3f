import FoundationEssentials
import RoostJSON
import Synchronization

/// The lease file beside the database.
final class VolumeLease: Sendable {
    private let path: String
    private let decision: LeaseState
    private let now: @Sendable () -> Int64
    private let owner = Mutex<(writer: String?, renewedAt: Int64)>((nil, 0))

    /// `machine` is the boot id of this kernel unless a test says otherwise; `now` gives milliseconds of the Unix epoch.
    init(
        beside database: String,
        machine: String? = nil,
        now: @escaping @Sendable () -> Int64 = Moment.now
    ) {
        path = database + ".lease"
        self.now = now
        let machine = machine ?? Self.line(of: "/proc/sys/kernel/random/boot_id") ?? "unknown"
        decision = LeaseState(machine: machine, host: Self.line(of: "/proc/sys/kernel/hostname") ?? machine)
    }

    /// Who writes when this machine may not; nil when it may.
    var writer: String? { owner.withLock { $0.writer } }

    /// Makes sure of the lease before a write: a machine that slept may have lost it.
    func confirm() throws(StorageError) {
        let (writer, renewedAt) = owner.withLock { $0 }
        guard writer == nil, now() - renewedAt > LeaseState.renewal * 2 else { return }
        try renew()
    }

    /// Looks at the lease and takes or renews it when that is allowed.
    func renew() throws(StorageError) {
        let bytes: [UInt8]?
        do { bytes = try FileBytes.read(path) } catch {
            throw .unusable(path: path, detail: "\(error)")
        }
        switch decision.decide(bytes.flatMap(Self.record), now: now()) {
        case .readOnly(let name): owner.withLock { $0 = (name, 0) }
        case .write(let record):
            let object: JSONObject = [
                "machine": .string(record.machine), "host": .string(record.host),
                "renewedAt": .integer(record.renewedAt),
            ]
            do { try FileBytes.replace(path, with: JSONValue.object(object).bytes) } catch {
                throw .unusable(path: path, detail: "\(error)")
            }
            owner.withLock { $0 = (nil, record.renewedAt) }
        }
    }

    /// Lets the volume go, so that the next worker need not wait; only while no other process of this machine renews it.
    func release() {
        guard writer == nil, let bytes = try? FileBytes.read(path), let record = Self.record(bytes),
            record.machine == decision.machine
        else { return }
        // Run out, not removed: another process of this machine writes it anew at its next renewal.
        let object: JSONObject = [
            "machine": .string(record.machine), "host": .string(record.host), "renewedAt": 0,
        ]
        try? FileBytes.replace(path, with: JSONValue.object(object).bytes)
    }

    private static func record(_ bytes: [UInt8]) -> LeaseState.Record? {
        guard let root = try? JSONDocument(parsing: bytes).root, let machine = root["machine"]?.string,
            let renewedAt = root["renewedAt"]?.integer
        else { return nil }
        return LeaseState.Record(
            machine: machine,
            host: root["host"]?.string ?? machine,
            renewedAt: renewedAt
        )
    }

    private static func line(of path: String) -> String? {
        guard let bytes = try? FileBytes.read(path) else { return nil }
        let text = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }
}
