/// Keeps jobs and tasks where the end of a process does not reach them.
///
/// What changes a state is on the disk, or wherever the store keeps it, before a function returns: it may be acknowledged.
/// Several processes may use one store; they never block each other for long, and of two that change the same record one
/// learns that it came second. Safe to use from any thread; nothing blocks the caller's.
package protocol WorkStore: Sendable {
    /// Takes a new record.
    ///
    /// `limit`: how many of its kind may be queued, this one included; nil: any number. Throws
    /// ``WorkStoreFailure/full(limit:)`` and ``WorkStoreFailure/taken(id:)``, besides failures of the store.
    func add(_ record: WorkRecord, limit: Int?) async throws(WorkStoreFailure)

    /// The record with this id; nil: there is none, or no more. One past its `expires` may still be given.
    func read(_ id: String) async throws(WorkStoreFailure) -> WorkRecord?

    /// Keeps a changed record, when nobody changed it since it was read.
    ///
    /// False, and nothing is kept, when its revision is not the stored one or the record is gone.
    func replace(_ record: WorkRecord) async throws(WorkStoreFailure) -> Bool

    /// Forgets a record and its chunks; false when there was none.
    func remove(_ id: String) async throws(WorkStoreFailure) -> Bool

    /// Begins the record of a kind that has been queued for longest; nil: none is.
    func claim(_ kind: WorkKind, _ lease: WorkLease, now: Int64) async throws(WorkStoreFailure) -> WorkRecord?

    /// Extends all leases of a holder on one kind of work; does not count as a change of a record.
    ///
    /// - Returns: The ids of what it still holds: what is missing was ended or taken over by somebody else.
    func renew(_ kind: WorkKind, _ lease: WorkLease) async throws(WorkStoreFailure) -> Set<String>

    /// Records that are worked on although their lease ended before `now`, or whose holder is `holder`.
    func lapsed(
        _ kind: WorkKind,
        now: Int64,
        or holder: String?
    ) async throws(WorkStoreFailure) -> [WorkRecord]

    /// Adds a chunk of output, as JSON text, behind the others; does not change the record. False: no such record.
    func append(_ chunk: [UInt8], to id: String) async throws(WorkStoreFailure) -> Bool

    /// Gives the oldest chunks and forgets them: at least one when there is one, at most `bytes` bytes otherwise.
    func takeChunks(of id: String, bytes: Int) async throws(WorkStoreFailure) -> [[UInt8]]

    /// How many chunks wait to be taken, and their bytes.
    func chunks(of id: String) async throws(WorkStoreFailure) -> (count: Int, bytes: Int)

    /// Forgets all chunks.
    func removeChunks(of id: String) async throws(WorkStoreFailure)

    /// Records in one of these states, the ones queued for longest first.
    func records(
        _ kind: WorkKind,
        in states: Set<WorkState>,
        limit: Int
    ) async throws(WorkStoreFailure) -> [WorkRecord]

    /// How many records are in each state; states without one are absent.
    func counts(of kind: WorkKind) async throws(WorkStoreFailure) -> [WorkState: Int]

    /// Forgets the records whose `expires` is not after `now`, and gives their ids.
    func removeExpired(_ kind: WorkKind, now: Int64) async throws(WorkStoreFailure) -> [String]

    /// Ends the work that has not begun; later calls fail.
    func close() async
}

extension WorkStore {
    /// Reads a record, changes it and keeps it; once more from the start when somebody else was quicker.
    ///
    /// `change` may therefore run several times.
    /// - Returns: What is kept now; nil when there is no such record or `change` gave false.
    package func change(
        _ id: String,
        _ change: @Sendable (inout WorkRecord) -> Bool
    ) async throws(WorkStoreFailure) -> WorkRecord? {
        while var record = try await read(id) {
            guard change(&record) else { return nil }
            if try await replace(record) { return record.replaced }
        }
        return nil
    }
}
