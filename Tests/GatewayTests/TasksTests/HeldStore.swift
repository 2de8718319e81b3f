import Synchronization
import WorkStore

/// A store in memory whose every answer a test may hold back, refuse, or let go.
final class HeldStore: WorkStore {
    private struct State {
        var records: [String: WorkRecord] = [:]
        var isAway = false
        /// Nil: additions are not held.
        var held: [CheckedContinuation<Void, Never>]?
        var additions: [CheckedContinuation<Void, Never>] = []
        var added = 0
        /// Additions and removals that came to their end.
        var settled = 0
    }

    private let state = Mutex(State())

    /// What is kept.
    var records: [WorkRecord] { state.withLock { Array($0.records.values) } }

    /// True once what was added was removed again.
    var hasSettled: Bool { state.withLock { $0.settled > 1 } }

    /// Lets every function fail from now on, or none any more.
    var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    /// Holds additions back from now on.
    func hold() { state.withLock { $0.held = [] } }

    /// Lets held additions go on.
    func release() {
        let held = state.withLock { state in
            defer { state.held = nil }
            return state.held ?? []
        }
        for one in held { one.resume() }
    }

    /// Returns when somebody adds a record, held or not.
    func waitForAddition() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.added == 0 { state.additions.append(continuation) }
                return state.added > 0
            }
            if isThere { continuation.resume() }
        }
    }

    func add(_ record: WorkRecord, limit: Int?) async throws(WorkStoreFailure) {
        await withCheckedContinuation { continuation in
            let (isHeld, waiting) = state.withLock { state in
                state.added += 1
                defer { state.additions = [] }
                guard state.held != nil else { return (false, state.additions) }
                state.held?.append(continuation)
                return (true, state.additions)
            }
            for one in waiting { one.resume() }
            if !isHeld { continuation.resume() }
        }
        try check()
        state.withLock { state in
            state.records[record.id] = record
            state.settled += 1
        }
    }

    func read(_ id: String) async throws(WorkStoreFailure) -> WorkRecord? {
        try check()
        return state.withLock { $0.records[id] }
    }

    func replace(_ record: WorkRecord) async throws(WorkStoreFailure) -> Bool {
        try check()
        return state.withLock { state in
            guard state.records[record.id]?.revision == record.revision else { return false }
            state.records[record.id] = record.replaced
            return true
        }
    }

    func remove(_ id: String) async throws(WorkStoreFailure) -> Bool {
        try check()
        return state.withLock { state in
            state.settled += 1
            return state.records.removeValue(forKey: id) != nil
        }
    }

    func renew(_ kind: WorkKind, _ lease: WorkLease) async throws(WorkStoreFailure) -> Set<String> {
        try check()
        return state.withLock { state in
            var held: Set<String> = []
            for (id, record) in state.records where record.lease?.holder == lease.holder {
                state.records[id]?.lease = lease
                held.insert(id)
            }
            return held
        }
    }

    func records(
        _ kind: WorkKind,
        in states: Set<WorkState>,
        limit: Int
    ) async throws(WorkStoreFailure) -> [WorkRecord] {
        try check()
        return records.filter { $0.kind == kind && states.contains($0.state) }
    }

    func removeExpired(_ kind: WorkKind, now: Int64) async throws(WorkStoreFailure) -> [String] {
        try check()
        let expired = records.filter { $0.expires ?? .max <= now }.map(\.id)
        state.withLock { state in for id in expired { state.records[id] = nil } }
        return expired
    }

    // Tasks use none of these.

    func claim(_ kind: WorkKind, _ lease: WorkLease, now: Int64) async throws(WorkStoreFailure) -> WorkRecord?
    {
        throw .unavailable("no jobs here")
    }

    func lapsed(
        _ kind: WorkKind,
        now: Int64,
        or holder: String?
    ) async throws(WorkStoreFailure) -> [WorkRecord] { throw .unavailable("no jobs here") }

    func append(_ chunk: [UInt8], to id: String) async throws(WorkStoreFailure) -> Bool {
        throw .unavailable("no chunks here")
    }

    func takeChunks(of id: String, bytes: Int) async throws(WorkStoreFailure) -> [[UInt8]] {
        throw .unavailable("no chunks here")
    }

    func chunks(of id: String) async throws(WorkStoreFailure) -> (count: Int, bytes: Int) {
        throw .unavailable("no chunks here")
    }

    func removeChunks(of id: String) async throws(WorkStoreFailure) { throw .unavailable("no chunks here") }

    func counts(of kind: WorkKind) async throws(WorkStoreFailure) -> [WorkState: Int] {
        throw .unavailable("no jobs here")
    }

    func close() async {}

    private func check() throws(WorkStoreFailure) {
        if isAway { throw .unavailable("it is away") }
    }
}
