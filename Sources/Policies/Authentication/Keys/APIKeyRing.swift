package import Gateway
package import Logging
import Synchronization

/// The keys a host accepts at present, from host.yaml, the environment and the data folder; they may change while it runs.
package final class APIKeyRing: Sendable {
    private final class Entry: Sendable {
        let record: APIKeyRecord
        let principal: String
        let grants: Grants

        init(_ record: APIKeyRecord) {
            self.record = record
            principal = "key:\(record.principal)"
            grants = record.grants
        }
    }

    private let state: Mutex<[String: Entry]>
    private let fixed: [APIKeyRecord]
    private let watch: Mutex<FileWatch?> = Mutex(nil)
    private let now: @Sendable () -> Int64

    /// Begins with the keys that are there in any case.
    ///
    /// `fixed`: keys that no file takes back. `now`: seconds of the Unix epoch.
    package init(fixed: [APIKeyRecord], now: @escaping @Sendable () -> Int64) {
        self.fixed = fixed
        self.now = now
        state = Mutex(Self.entries(fixed))
    }

    /// What came and what went when keys were replaced; a key that was changed did both.
    package typealias Change = @Sendable (_ made: [APIKeyRecord], _ revoked: [APIKeyRecord]) -> Void

    /// Replaces the keys that are not fixed; of two with one id the fixed one counts.
    ///
    /// `changed` hears what is different then.
    package func replace(with records: [APIKeyRecord], _ changed: Change = { _, _ in }) {
        let entries = Self.entries(records + fixed)
        let before = state.withLock { state in
            defer { state = entries }
            return state
        }
        let made = entries.values.map(\.record).filter { before[$0.id]?.record != $0 }
        let revoked = before.values.map(\.record).filter { entries[$0.id]?.record != $0 }
        if !made.isEmpty || !revoked.isEmpty { changed(made, revoked) }
    }

    /// Takes over what a file says whenever it is another one, for as long as this ring is there.
    ///
    /// A file that cannot be used changes nothing, and the log says why; one that is gone holds no keys.
    package func follow(_ file: APIKeyFile, logger: Logger, _ changed: @escaping Change) {
        let new = FileWatch(file.path) { [weak self] in
            do throws(APIKeyFile.Fault) {
                let records = try file.records()
                self?.replace(with: records, changed)
                logger.notice("the keys in \(file.path) were read again: \(records.count)")
            } catch {
                logger.error("\(error). The keys from before stay")
            }
        }
        watch.withLock { $0 = new }
    }

    /// What a key is worth.
    package enum Finding: Sendable {
        case accepted(Caller)
        case malformed
        /// No such key, or no longer.
        case unknown
        case expired
    }

    package func find(_ text: String) -> Finding {
        guard let id = APIKey.id(in: text), let entry = state.withLock({ $0[id] }),
            entry.record.hash.matches(text)
        else {
            // Not before: a key that is right needs no checksum.
            return APIKey(text) == nil ? .malformed : .unknown
        }
        guard !entry.record.isExpired(at: now()) else { return .expired }
        return .accepted(
            Caller(principal: entry.principal, grants: entry.grants) { [self] in holds(entry.record) }
        )
    }

    /// Whether a key is still as it was, and not over.
    private func holds(_ record: APIKeyRecord) -> Bool {
        state.withLock { $0[record.id]?.record } == record && !record.isExpired(at: now())
    }

    private static func entries(_ records: [APIKeyRecord]) -> [String: Entry] {
        Dictionary(
            records.map { ($0.id, Entry($0)) },
            uniquingKeysWith: { $1 }
        )
    }
}
