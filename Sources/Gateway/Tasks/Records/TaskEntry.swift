import MCP
import PluginRuntime
import RoostJSON
package import WorkStore

/// A task as its record says: every step it may take, and what its client is told of it.
///
/// A value that decides; whoever uses it keeps the record in the store. A step that gives false changed nothing.
package struct TaskEntry: Sendable {
    package private(set) var record: WorkRecord
    /// What it asked of its client.
    private(set) var questions: TaskQuestions
    /// A sentence about where it stands; nil: nothing to say.
    private(set) var message: String?

    /// A task that is worked on from now on.
    init(
        id: String,
        owner: String?,
        _ request: TaskRequest,
        _ settings: TaskSettings,
        holder: String,
        now: Int64
    ) {
        record = WorkRecord(
            id: id,
            kind: .task,
            owner: owner,
            request: request.bytes,
            lease: WorkLease(holder: holder, until: now + settings.lease.milliseconds),
            now: now
        )
        questions = TaskQuestions()
        renewExpiry(settings, now: now)
        keepDetails()
    }

    /// Nil when the record is no task, or another version's.
    package init?(_ record: WorkRecord) {
        guard record.kind == .task, let details = try? JSONValue(parsing: record.details),
            let questions = details["questions"].flatMap({ TaskQuestions($0) })
        else { return nil }
        self.record = record
        self.questions = questions
        message = details["message"]?.string
    }

    /// True when this request's caller called the tool the task came of, at the same address.
    func belongs(to exchange: Exchange) -> Bool {
        record.owner == exchange.client.principal
            && TaskRequest(record.request)?.endpoint == exchange.endpoint
    }

    // MARK: Steps

    /// Says where the work stands.
    mutating func report(_ sentence: String, now: Int64) -> Bool {
        guard record.state == .working, message != sentence else { return false }
        message = sentence
        record.touch(at: now)
        keepDetails()
        return true
    }

    /// A round of the work of this holder ended.
    mutating func settle(
        _ ending: TaskEnding,
        by holder: String,
        _ settings: TaskSettings,
        now: Int64
    ) -> Bool {
        guard record.state == .working, record.lease?.holder == holder else { return false }
        switch ending {
        case .result(let bytes): return end(.completed, .result(bytes), nil, settings, now: now)
        case .error(let error): return fail(error, settings, now: now)
        case .asked(let ask):
            questions.ask(ask.requests, state: ask.state, round: ask.round)
            // A tool that only wants to be called again waits for nobody.
            if questions.open.isEmpty {
                guard ask.round < Self.maximumRounds else {
                    return fail(Self.endlessness, settings, now: now)
                }
                record.touch(at: now)
            } else {
                guard record.ask(at: now) else { return false }
                message = nil
            }
            renewExpiry(settings, now: now)
            keepDetails()
            return true
        }
    }

    /// Takes answers of the client; with the last one the holder goes on with the work.
    mutating func answer(
        _ responses: JSONObject,
        by holder: String,
        _ settings: TaskSettings,
        now: Int64
    ) -> Bool {
        guard record.state == .inputRequired else { return false }
        guard questions.answer(responses) > 0 else { return false }
        if questions.open.isEmpty {
            let lease = WorkLease(holder: holder, until: now + settings.lease.milliseconds)
            guard record.begin(lease, at: now) else { return false }
        }
        renewExpiry(settings, now: now)
        record.touch(at: now)
        keepDetails()
        return true
    }

    /// Its client wants no more of it; false when it has ended already.
    mutating func cancel(_ settings: TaskSettings, now: Int64) -> Bool {
        end(.cancelled, nil, "Cancelled by its client.", settings, now: now)
    }

    /// Whether whoever works on it is gone; `process`: who asks, and may know more than the lease says.
    func isOrphan(now: Int64, as process: WorkHolder?) -> Bool {
        guard record.state == .working else { return false }
        guard let lease = record.lease, lease.until >= now else { return true }
        guard let process, let holder = WorkHolder(lease.holder) else { return false }
        return process.knowsAsGone(holder)
    }

    /// Whoever worked on it is gone.
    mutating func interrupt(_ settings: TaskSettings, now: Int64) -> Bool {
        guard record.state == .working else { return false }
        return fail(Self.interruption, settings, now: now)
    }

    /// A tool is called this often for one task unless it asks something.
    private static let maximumRounds: Int64 = 64

    private static let endlessness = RPCError(
        .internalError,
        "the tool wanted to be called again \(maximumRounds) times without coming to an end"
    )

    /// What a task says whose worker went away.
    static let interruption = RPCError(
        .internalError,
        "the host that worked on this task was interrupted before the work ended; call the tool again",
        data: ["cause": "interrupted"]
    )

    private mutating func fail(_ error: RPCError, _ settings: TaskSettings, now: Int64) -> Bool {
        end(.failed, .error(error.json.bytes), error.message, settings, now: now)
    }

    private mutating func end(
        _ state: WorkState,
        _ outcome: WorkOutcome?,
        _ sentence: String?,
        _ settings: TaskSettings,
        now: Int64
    ) -> Bool {
        guard record.end(state, outcome, at: now) else { return false }
        questions = TaskQuestions()
        message = sentence
        renewExpiry(settings, now: now)
        keepDetails()
        return true
    }

    /// A task that is worked on does not expire before the work must have ended.
    private mutating func renewExpiry(_ settings: TaskSettings, now: Int64) {
        let work = record.state == .working ? settings.deadline.milliseconds : 0
        record.expires = now + work + settings.timeToLive.milliseconds
    }

    private mutating func keepDetails() {
        var details: JSONObject = ["questions": questions.json]
        details["message"] = message.map { .string($0) }
        record.details = JSONValue.object(details).bytes
    }
}

// MARK: What its client is told

extension TaskEntry {
    /// The word MCP has for where it stands.
    package var status: String {
        switch record.state {
        case .queued, .working: "working"
        case .inputRequired: "input_required"
        case .completed: "completed"
        case .failed, .timedOut: "failed"
        case .cancelled: "cancelled"
        }
    }

    /// Writes the members of a Task object; `detailed`: with its questions, its result or its error.
    func write(to object: inout JSONWriter, _ settings: TaskSettings, detailed: Bool) {
        object.member("taskId", string: record.id)
        object.member("status", string: status)
        if let message { object.member("statusMessage", string: message) }
        object.member("createdAt", string: Self.text(of: record.created))
        object.member("lastUpdatedAt", string: Self.text(of: record.updated))
        object.member("ttlMs", record.expires.map { .integer($0 - record.created) } ?? JSONValue.null)
        object.member("pollIntervalMs", .integer(max(1, settings.pollInterval.milliseconds)))
        guard detailed else { return }
        if record.state == .inputRequired { object.member("inputRequests", .object(questions.requests)) }
        switch record.outcome {
        case .result(let bytes): object.member("result", raw: bytes)
        case .error(let bytes): object.member("error", raw: bytes)
        case nil: break
        }
    }

    private static func text(of milliseconds: Int64) -> String {
        "\(Timestamp(seconds: milliseconds / 1_000))"
    }
}
