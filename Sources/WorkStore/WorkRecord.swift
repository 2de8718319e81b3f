/// One piece of work that outlives the request it came with: a job, or a task.
///
/// Times are milliseconds of the Unix epoch. A value: nothing is kept before a ``WorkStore`` took it.
package struct WorkRecord: Sendable, Hashable {
    /// Unguessable; unique in its store.
    package let id: String
    package let kind: WorkKind
    /// The principal it belongs to; nil: whoever reaches the host.
    package let owner: String?
    /// What was asked for, in the form of its kind.
    ///
    /// Never changes.
    package let request: [UInt8]
    package let created: Int64

    package private(set) var state: WorkState
    /// When it was last put into the queue, or began.
    package private(set) var queued: Int64
    /// When the present try began; nil: it has not.
    package private(set) var started: Int64?
    /// When it ended; nil: it has not.
    package private(set) var finished: Int64?
    /// When anything but the lease last changed.
    package private(set) var updated: Int64
    /// How often somebody began.
    package private(set) var attempts: Int

    /// When the store may forget it; nil: never.
    package var expires: Int64?
    /// What its kind keeps beside the request, in a form of its own; changes as the work goes on.
    package var details: [UInt8]
    /// The latest word of the work, as JSON text; nil: none.
    package var progress: [UInt8]?
    /// Nil until the end, and after a cancellation.
    package var outcome: WorkOutcome?
    /// Who is at it; nil: nobody.
    package var lease: WorkLease?
    /// How often the store replaced it: what ``WorkStore/replace(_:)`` compares.
    package private(set) var revision: Int64

    /// A piece of work that has not begun, or begins at once when `lease` is given.
    package init(
        id: String,
        kind: WorkKind,
        owner: String?,
        request: [UInt8],
        details: [UInt8] = [],
        expires: Int64? = nil,
        lease: WorkLease? = nil,
        now: Int64
    ) {
        let begins = lease != nil
        self.init(
            id: id,
            kind: kind,
            owner: owner,
            request: request,
            created: now,
            state: begins ? .working : .queued,
            queued: now,
            started: begins ? now : nil,
            finished: nil,
            updated: now,
            attempts: begins ? 1 : 0,
            expires: expires,
            details: details,
            progress: nil,
            outcome: nil,
            lease: lease,
            revision: 0
        )
    }

    /// A record as a store kept it.
    package init(
        id: String,
        kind: WorkKind,
        owner: String?,
        request: [UInt8],
        created: Int64,
        state: WorkState,
        queued: Int64,
        started: Int64?,
        finished: Int64?,
        updated: Int64,
        attempts: Int,
        expires: Int64?,
        details: [UInt8],
        progress: [UInt8]?,
        outcome: WorkOutcome?,
        lease: WorkLease?,
        revision: Int64
    ) {
        self.id = id
        self.kind = kind
        self.owner = owner
        self.request = request
        self.created = created
        self.state = state
        self.queued = queued
        self.started = started
        self.finished = finished
        self.updated = updated
        self.attempts = attempts
        self.expires = expires
        self.details = details
        self.progress = progress
        self.outcome = outcome
        self.lease = lease
        self.revision = revision
    }

    /// Somebody begins, or goes on after answers.
    ///
    /// False, and nothing changed, when the state does not allow it.
    package mutating func begin(_ lease: WorkLease, at now: Int64) -> Bool {
        let isNewTry = state == .queued
        guard pass(to: .working, at: now) else { return false }
        self.lease = lease
        if isNewTry {
            started = now
            attempts += 1
        }
        return true
    }

    /// Waits for answers of its owner; nobody holds it meanwhile.
    package mutating func ask(at now: Int64) -> Bool {
        guard pass(to: .inputRequired, at: now) else { return false }
        lease = nil
        return true
    }

    /// Goes back into the queue, as it was before anybody began.
    package mutating func requeue(at now: Int64) -> Bool {
        guard pass(to: .queued, at: now) else { return false }
        queued = now
        started = nil
        finished = nil
        progress = nil
        outcome = nil
        lease = nil
        return true
    }

    /// Ends in a final state.
    package mutating func end(_ state: WorkState, _ outcome: WorkOutcome?, at now: Int64) -> Bool {
        guard state.isFinal, pass(to: state, at: now) else { return false }
        self.outcome = outcome
        finished = now
        lease = nil
        return true
    }

    /// Notes that something of it changed.
    package mutating func touch(at now: Int64) { updated = max(updated, now) }

    /// The record as a store has it after ``WorkStore/replace(_:)``.
    package var replaced: WorkRecord {
        var record = self
        record.revision += 1
        return record
    }

    private mutating func pass(to next: WorkState, at now: Int64) -> Bool {
        guard state.mayBecome(next) else { return false }
        state = next
        touch(at: now)
        return true
    }
}
