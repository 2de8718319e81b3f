package import Logging
package import Metrics
package import NIOCore
import Synchronization

/// The host's client of Redis: one connection for each event loop, kept up, and never in anybody's way.
///
/// Nothing here blocks or waits: while Redis cannot be reached every command fails at once, so that who asks can do without.
/// Commands of one thread on one event loop reach Redis in their order, and answers come on that loop; commands from other
/// threads have no order among each other. No command is sent twice. A caller that needs both may use any connection.
package final class RedisClient: Sendable {
    package let settings: RedisSettings
    private let links: [RedisLink]
    private let linkOfLoop: [ObjectIdentifier: Int]
    private let group: any EventLoopGroup
    private let metrics: RedisMetrics

    /// Makes the connections, and makes them again whenever they are lost, until ``close()``.
    package init(
        _ settings: RedisSettings,
        group: any EventLoopGroup,
        logger: Logger,
        factory: any MetricsFactory = MetricsSystem.factory
    ) {
        self.settings = settings
        self.group = group
        let metrics = RedisMetrics(factory)
        self.metrics = metrics
        let loops = Array(group.makeIterator())
        let count = max(1, min(settings.connections, loops.count))
        links = loops.prefix(count).map { RedisLink(settings, on: $0, metrics: metrics, logger: logger) }
        linkOfLoop = Dictionary(
            uniqueKeysWithValues: loops.enumerated().map { (ObjectIdentifier($1), $0 % count) }
        )
        for link in links { link.connect() }
    }

    /// Sends a command.
    ///
    /// `timeout`: how long to wait for the answer; nil: the settings' time. `answer` is called exactly once, on an event loop
    /// of the group or, when nothing is sent, on the caller's thread before this returns. It must not block.
    package func send(
        _ command: [RedisArgument],
        timeout: Duration? = nil,
        _ answer: @escaping @Sendable (Result<RedisReply, RedisFailure>) -> Void
    ) {
        let begin = ContinuousClock.now
        link.send(command, timeout: timeout ?? settings.commandTimeout) { [metrics] result in
            metrics.finished(result, after: .now - begin)
            answer(result)
        }
    }

    /// Sends a command and waits for its answer.
    ///
    /// Cancelling the task does not end the wait early; the timeout does.
    package func send(
        _ command: [RedisArgument],
        timeout: Duration? = nil
    ) async throws(RedisFailure) -> RedisReply {
        let result = await withCheckedContinuation { continuation in
            send(command, timeout: timeout) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Runs a script: by its digest, and with its source where Redis does not know it yet.
    ///
    /// After a restart Redis has forgotten every script, which costs one more round trip once.
    package func run(
        _ script: RedisScript,
        keys: [RedisArgument],
        arguments: [RedisArgument] = [],
        timeout: Duration? = nil,
        _ answer: @escaping @Sendable (Result<RedisReply, RedisFailure>) -> Void
    ) {
        let rest = [.integer(Int64(keys.count))] + keys + arguments
        send(["EVALSHA", .text(script.digest)] + rest, timeout: timeout) { [self] result in
            if case .failure(let failure) = result, failure.cause == .answer,
                failure.message.hasPrefix("NOSCRIPT")
            {
                send(["EVAL", .text(script.source)] + rest, timeout: timeout, answer)
            } else {
                answer(result)
            }
        }
    }

    /// Runs a script and waits for its answer.
    package func run(
        _ script: RedisScript,
        keys: [RedisArgument],
        arguments: [RedisArgument] = [],
        timeout: Duration? = nil
    ) async throws(RedisFailure) -> RedisReply {
        let result = await withCheckedContinuation { continuation in
            run(script, keys: keys, arguments: arguments, timeout: timeout) {
                continuation.resume(returning: $0)
            }
        }
        return try result.get()
    }

    /// A key of this host: the prefix of the settings, then the name.
    package func key(_ name: String) -> RedisArgument { .text(settings.keyPrefix + name) }

    /// How things stand right now.
    package var health: RedisHealth {
        var health = RedisHealth()
        for link in links { link.add(to: &health) }
        return health
    }

    /// Ends every connection for good; what is under way fails.
    package func close() { for link in links { link.close() } }

    /// The connection of the event loop that asks, so that the answer comes back without a hop; any for other threads.
    private var link: RedisLink { links[linkOfLoop[ObjectIdentifier(group.any())] ?? 0] }
}
