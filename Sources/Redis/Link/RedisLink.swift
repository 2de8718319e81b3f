import Logging
import NIOCore
import NIOPosix
import Synchronization

/// One connection to Redis on one event loop, made again whenever it is lost.
///
/// Everything that is decided is decided by ``LinkLife`` and ``CommandPipeline``; here are the effects. Commands come from any
/// thread, bytes are written and read on the event loop, and answers are given there.
final class RedisLink: Sendable {
    private let settings: RedisSettings
    private let eventLoop: any EventLoop
    private let logger: Logger
    private let metrics: RedisMetrics
    private let state: Mutex<State>

    private struct State: Sendable {
        var life = LinkLife()
        var pipeline: CommandPipeline
        var channel: (any Channel)?
        /// Counts the attempts to connect, so that what comes late from an old one is known as such.
        var attempt = 0
        var timer: (moment: ContinuousClock.Instant, task: Scheduled<Void>)?
    }

    init(_ settings: RedisSettings, on eventLoop: any EventLoop, metrics: RedisMetrics, logger: Logger) {
        self.settings = settings
        self.eventLoop = eventLoop
        self.metrics = metrics
        self.logger = logger
        let patience = max(settings.commandTimeout * 4, .seconds(1))
        state = Mutex(State(pipeline: CommandPipeline(limit: settings.queue, patience: patience)))
    }

    /// Sends a command; see ``RedisClient/send(_:timeout:_:)``.
    func send(_ words: [RedisArgument], timeout: Duration, _ answer: @escaping CommandPipeline.Answer) {
        let now = ContinuousClock.now
        let command = CommandPipeline.Command(words: words, deadline: now + timeout, answer: answer)
        let submission = state.withLock { state -> CommandPipeline.Submission in
            if state.life.phase == .ready || state.life.isBeginning { return state.pipeline.submit(command) }
            return .refuse(
                state.life.phase == .closed
                    ? RedisFailure(.closed, "the client of Redis is closed")
                    : RedisFailure(
                        .unavailable,
                        "there is no connection to Redis at \(settings.endpoint): \(state.life.problem ?? "")"
                    )
            )
        }
        switch submission {
        case .refuse(let failure): answer(.failure(failure))
        case .wait(let moment): arm(moment, now: now)
        case .write(let moment):
            arm(moment, now: now)
            // Even on the loop itself: what is asked in one turn goes out in one write.
            eventLoop.execute { self.flush() }
        }
    }

    func add(to health: inout RedisHealth) {
        state.withLock { state in
            health.wanted += 1
            if state.life.phase == .ready { health.ready += 1 }
            health.pending += state.pipeline.count
            health.problem = health.problem ?? state.life.problem
        }
    }

    private func flush() {
        let now = ContinuousClock.now
        let (channel, commands) = state.withLock { state -> ((any Channel)?, [[RedisArgument]]) in
            guard state.life.phase == .ready, let channel = state.channel else { return (nil, []) }
            return (channel, state.pipeline.takeQueued(now: now))
        }
        guard let channel, !commands.isEmpty else { return }
        var buffer = channel.allocator.buffer(capacity: 256 * commands.count)
        for command in commands { RequestWriter.write(command, into: &buffer) }
        channel.writeAndFlush(buffer, promise: nil)
    }
}

// MARK: - The connection comes and goes

extension RedisLink {
    /// Makes the connection; it is made again until ``close()``.
    func connect() {
        let attempt = state.withLock { state in
            state.attempt += 1
            return state.attempt
        }
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(TimeAmount(settings.connectTimeout))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        RedisChannelHandler(self, attempt: attempt)
                    )
                }
            }
        let connecting =
            switch settings.endpoint {
            case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
            case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
            }
        connecting.whenFailure { error in self.lost(attempt, "\(error)") }
    }

    /// What is said first on a connection; every word of it has to be answered well.
    var greeting: [[RedisArgument]] {
        var commands: [[RedisArgument]] = []
        if let password = settings.password {
            let user = settings.user.map { [RedisArgument.text($0)] } ?? []
            commands.append(["AUTH"] + user + [.text(password)])
        }
        if settings.database != 0 { commands.append(["SELECT", .integer(Int64(settings.database))]) }
        // A server that is still loading its data answers this with an error.
        commands.append(["PING"])
        return commands
    }

    var greetingTimeout: Duration { settings.connectTimeout }

    /// Redis has answered the greeting on this channel.
    func greeted(_ channel: any Channel, attempt: Int) {
        let isNews = state.withLock { state -> Bool? in
            guard state.life.phase == .connecting, state.attempt == attempt else { return nil }
            state.channel = channel
            return state.life.greeted()
        }
        guard let isNews else { return channel.close(promise: nil) }
        metrics.connected()
        if isNews { logger.notice("Redis at \(settings.endpoint) answers again") }
        flush()
    }

    /// The attempt failed, or its connection broke.
    func lost(_ attempt: Int, _ reason: String) {
        let jitter = Double.random(in: 0...1)
        let (loss, answers) = state.withLock { state -> (LinkLife.Loss?, [CommandPipeline.Answer]) in
            guard state.attempt == attempt else { return (nil, []) }
            if state.channel != nil { metrics.disconnected() }
            state.channel = nil
            let loss = state.life.lost(reason, jitter: jitter)
            return (loss, loss == nil ? [] : state.pipeline.drain())
        }
        guard let loss else { return }
        if loss.isNews {
            logger.warning("Redis at \(settings.endpoint) cannot be used: \(reason); trying again")
        }
        let failure = RedisFailure(
            .disconnected,
            "the connection to Redis at \(settings.endpoint) broke: \(reason)"
        )
        for answer in answers { answer(.failure(failure)) }
        eventLoop.scheduleTask(in: TimeAmount(loss.pause)) {
            if self.state.withLock({ $0.life.paused() }) { self.connect() }
        }
    }

    /// Takes the replies of one read in.
    ///
    /// - Throws: When there are more than commands; the connection is of no use then.
    func received(_ replies: [RedisReply]) throws(RedisFailure) {
        let now = ContinuousClock.now
        for reply in replies {
            // The closure of a lock cannot throw a typed error of its own.
            let answer = state.withLock { state -> Result<CommandPipeline.Answer?, RedisFailure> in
                do throws(RedisFailure) { return .success(try state.pipeline.received(now: now)) } catch {
                    return .failure(error)
                }
            }
            guard let answer = try answer.get() else { continue }
            if case .error(let message) = reply {
                answer(.failure(RedisFailure(.answer, message)))
            } else {
                answer(.success(reply))
            }
        }
    }

    /// Ends the connection for good; what is under way fails.
    func close() {
        let (channel, timer, answers) = state.withLock { state in
            state.life.close()
            defer { (state.channel, state.timer) = (nil, nil) }
            return (state.channel, state.timer?.task, state.pipeline.drain())
        }
        timer?.cancel()
        if channel != nil { metrics.disconnected() }
        for answer in answers { answer(.failure(RedisFailure(.closed, "the client of Redis is closed"))) }
        channel?.close(promise: nil)
    }
}

// MARK: - Time

extension RedisLink {
    private func arm(_ moment: ContinuousClock.Instant?, now: ContinuousClock.Instant) {
        guard let moment else { return }
        let delay = max(.zero, moment - now)
        let timer = eventLoop.scheduleTask(in: TimeAmount(delay)) { self.expire() }
        let unneeded = state.withLock { state -> Scheduled<Void>? in
            if let earlier = state.timer, earlier.moment <= moment { return timer }
            defer { state.timer = (moment, timer) }
            return state.timer?.task
        }
        unneeded?.cancel()
    }

    private func expire() {
        let now = ContinuousClock.now
        let (expiry, channel, attempt) = state.withLock { state in
            state.timer = nil
            return (state.pipeline.expire(now: now), state.channel, state.attempt)
        }
        arm(expiry.arm, now: now)
        let failure = RedisFailure(.timeout, "Redis at \(settings.endpoint) did not answer in time")
        for answer in expiry.late { answer(.failure(failure)) }
        if expiry.isDead, let channel {
            lost(attempt, "no answer for a while")
            channel.close(promise: nil)
        }
    }
}
