/// The commands of one connection: which wait to be written, which wait for their reply, and which waited too long.
///
/// Redis answers in the order it was asked, so a reply belongs to the oldest command that was written. A pure state machine:
/// it answers nobody, and the clock comes in as an argument.
///
/// ```
/// submit ──> queued ──> written ──> (answered)
///    │          │          │
///    └ refused  └ late     └ overdue ──> (gone)   its sender was told; the reply, when it comes, is dropped
/// ```
struct CommandPipeline: Sendable {
    typealias Answer = @Sendable (Result<RedisReply, RedisFailure>) -> Void

    /// A command on its way.
    struct Command: Sendable {
        var words: [RedisArgument]
        var deadline: ContinuousClock.Instant
        var answer: Answer
    }

    private struct Written: Sendable {
        /// Nil once its sender was told that the reply is overdue.
        var answer: Answer?
        var deadline: ContinuousClock.Instant
    }

    /// Commands that may be under way at once.
    let limit: Int
    /// With a reply overdue and nothing heard for so long, the connection counts as dead.
    let patience: Duration

    private var queued: [Command] = []
    private var written: [Written] = []
    private var firstWritten = 0
    /// When the last reply came, or the first command without one was written.
    private var lastSign: ContinuousClock.Instant?
    private var armed: ContinuousClock.Instant?

    init(limit: Int, patience: Duration) {
        self.limit = limit
        self.patience = patience
    }

    /// Commands under way.
    var count: Int { queued.count + written.count - firstWritten }

    /// True while a reply is overdue: who asked now would wait in vain as well.
    private(set) var isSilent = false
}

// MARK: - Commands go in

extension CommandPipeline {
    /// What became of a new command.
    enum Submission: Sendable {
        /// Wake whoever writes.
        case write(arm: ContinuousClock.Instant?)
        /// The writer is awake already, or the connection is not there yet.
        case wait(arm: ContinuousClock.Instant?)
        case refuse(RedisFailure)
    }

    /// Takes a command in, or refuses it.
    mutating func submit(_ command: Command) -> Submission {
        guard !isSilent else {
            return .refuse(RedisFailure(.timeout, "Redis has not answered for a while"))
        }
        guard count < limit else {
            return .refuse(RedisFailure(.busy, "\(limit) commands are under way to Redis; no more are taken"))
        }
        queued.append(command)
        let arm = arm(for: command.deadline)
        return queued.count == 1 ? .write(arm: arm) : .wait(arm: arm)
    }

    /// The commands to write now, oldest first; their replies are awaited from here on.
    mutating func takeQueued(now: ContinuousClock.Instant) -> [[RedisArgument]] {
        if firstWritten == written.count, !queued.isEmpty { lastSign = now }
        for command in queued {
            written.append(Written(answer: command.answer, deadline: command.deadline))
        }
        defer { queued.removeAll(keepingCapacity: true) }
        return queued.map(\.words)
    }

    private mutating func arm(for deadline: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        if let armed, armed <= deadline { return nil }
        armed = deadline
        return deadline
    }
}

// MARK: - Answers come out

extension CommandPipeline {
    /// A reply came.
    ///
    /// Gives who is to hear it; nil when it comes too late. Throws when nothing was asked.
    mutating func received(now: ContinuousClock.Instant) throws(RedisFailure) -> Answer? {
        guard firstWritten < written.count else {
            throw RedisFailure(.disconnected, "Redis sent a reply to no command")
        }
        lastSign = now
        isSilent = false
        let answer = written[firstWritten].answer
        written[firstWritten].answer = nil
        firstWritten += 1
        if firstWritten == written.count {
            written.removeAll(keepingCapacity: true)
            firstWritten = 0
        } else if firstWritten >= 1_024, firstWritten * 2 >= written.count {
            written.removeFirst(firstWritten)
            firstWritten = 0
        }
        return answer
    }

    /// What passed its deadline.
    struct Expiry: Sendable {
        /// Who is to hear that it took too long.
        var late: [Answer] = []
        /// True when the connection is to be given up.
        var isDead = false
        /// When to look again; nil when nothing is under way.
        var arm: ContinuousClock.Instant?
    }

    /// The timer went off.
    mutating func expire(now: ContinuousClock.Instant) -> Expiry {
        var expiry = Expiry()
        func look(at moment: ContinuousClock.Instant) { expiry.arm = min(expiry.arm ?? moment, moment) }
        queued.removeAll { command in
            guard command.deadline <= now else {
                look(at: command.deadline)
                return false
            }
            expiry.late.append(command.answer)
            return true
        }
        for place in written.indices.dropFirst(firstWritten) {
            guard let answer = written[place].answer else {
                isSilent = true
                continue
            }
            guard written[place].deadline <= now else {
                look(at: written[place].deadline)
                continue
            }
            expiry.late.append(answer)
            written[place].answer = nil
            isSilent = true
        }
        if isSilent, let lastSign {
            expiry.isDead = lastSign + patience <= now
            look(at: max(lastSign + patience, now))
        }
        armed = expiry.arm
        return expiry
    }

    /// The connection is gone: everyone who is still to hear something.
    mutating func drain() -> [Answer] {
        let answers = written.dropFirst(firstWritten).compactMap(\.answer) + queued.map(\.answer)
        (queued, written, firstWritten, lastSign, armed, isSilent) = ([], [], 0, nil, nil, false)
        return answers
    }
}
