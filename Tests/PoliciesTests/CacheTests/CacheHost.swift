import Gateway
import Logging
import MCP
import Metrics
import RoostJSON
import Synchronization
import Testing

@testable import Policies

/// A gateway whose chain is the cache and a scripted plugin, with a clock that is moved by hand.
struct CacheHost {
    let cache: AnswerCache
    let plugin: ScriptedPlugin
    let clock: HandClock
    private let echo: EchoGateway

    /// `rules`: by the tool's name; the tools are Echo's.
    init(
        _ rules: [String: CacheRule],
        _ plugin: ScriptedPlugin,
        level: (any CacheLevel)? = nil,
        objects: (any CacheObjects)? = nil
    ) async throws {
        var settings = AnswerCache.Settings()
        settings.rules = ["echo": rules]
        let clock = HandClock()
        self.clock = clock
        self.plugin = plugin
        cache = AnswerCache(
            settings,
            levels: level.map { level in
                CacheLevels(
                    level,
                    objects: objects,
                    wallClock: { clock.wallClock },
                    factory: NOOPMetricsHandler.instance
                )
            },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { clock.now },
            after: { delay, action in clock.after(delay, action) },
            factory: NOOPMetricsHandler.instance
        )
        echo = try await EchoGateway([cache, plugin])
    }

    /// Asks and waits for the response message.
    func ask(
        _ tool: String,
        _ arguments: JSONValue = [:],
        from client: Client = .of(),
        meta: JSONObject = [:],
        more: JSONObject = [:]
    ) async throws -> JSONValue {
        let answer = AnswerSink()
        _ = try begin(tool, arguments, from: client, meta: meta, more: more, sink: answer)
        return try JSONValue(parsing: await answer.message)
    }

    /// Asks; the answer goes to the sink.
    func begin(
        _ tool: String,
        _ arguments: JSONValue = [:],
        from client: Client = .of(),
        meta: JSONObject = [:],
        more: JSONObject = [:],
        sink: any ReplySink
    ) throws -> Exchange {
        try begin(tool, written: arguments.text, from: client, meta: meta, more: more, sink: sink)
    }

    /// Asks with arguments as they are written, and waits for the response message.
    func ask(_ tool: String, written arguments: String) async throws -> JSONValue {
        let answer = AnswerSink()
        _ = try begin(tool, written: arguments, from: .of(), meta: [:], more: [:], sink: answer)
        return try JSONValue(parsing: await answer.message)
    }

    private func begin(
        _ tool: String,
        written arguments: String,
        from client: Client,
        meta: JSONObject,
        more: JSONObject,
        sink: any ReplySink
    ) throws -> Exchange {
        var params: JSONObject = ["name": .string(tool)]
        if !meta.isEmpty { params["_meta"] = .object(meta) }
        for (key, value) in more.members { params[key] = value }
        let text = JSONValue.object(params).text.dropLast() + ",\"arguments\":\(arguments)}"
        let exchange = Exchange(
            Request(
                id: .integer(1),
                method: "tools/call",
                params: try JSONDocument(parsing: String(text)).root
            ),
            client: client,
            endpoint: .plugin("echo"),
            progressToken: nil,
            sink: sink
        )
        echo.gateway.handle(exchange)
        return exchange
    }

    /// How many calls wait for an equal one.
    var waiting: Int { cache.state.withLock { $0.waiting.count } }

    /// The answer of the first text block.
    static func text(_ answer: JSONValue) -> String? { answer["result"]?["content"]?[0]?["text"]?.string }

    func stop() async {
        await cache.close()
        await echo.stop()
    }
}

extension Client {
    static func of(
        _ version: ProtocolVersion = .v2026_07_28,
        principal: String? = nil,
        capabilities: JSONView? = nil
    ) -> Client {
        Client(version: version, capabilities: ClientCapabilities(capabilities), principal: principal)
    }
}

extension CacheRule {
    static func of(
        _ ttl: Duration?,
        _ scope: Scope = .principal,
        tags: [String]? = nil,
        invalidates: [String]? = nil,
        whileRevalidate: Duration? = nil,
        ifError: Duration? = nil
    ) -> CacheRule {
        var rule = CacheRule()
        rule.timeToLive = ttl
        rule.scope = scope
        rule.tags = tags
        rule.invalidates = invalidates
        rule.staleWhileRevalidate = whileRevalidate
        rule.staleIfError = ifError
        return rule
    }
}

/// A clock that is moved by hand; what was to be done later is done when it gets there.
final class HandClock: Sendable {
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    private struct State {
        var passed = Duration.zero
        var later: [(moment: Duration, action: @Sendable () -> Void)] = []
    }

    var now: ContinuousClock.Instant { start + state.withLock { $0.passed } }

    /// Milliseconds of a wall clock that goes with it.
    var wallClock: Int64 { 1_790_000_000_000 + state.withLock { $0.passed.milliseconds } }

    func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) {
        state.withLock { $0.later.append(($0.passed + delay, action)) }
    }

    func advance(_ duration: Duration) {
        let due = state.withLock { state in
            state.passed += duration
            let due = state.later.filter { $0.moment <= state.passed }
            state.later.removeAll { $0.moment <= state.passed }
            return due.map(\.action)
        }
        for action in due { action() }
    }
}

/// Hands the answer to whoever waits for it.
final class AnswerSink: ReplySink {
    private let state = Mutex<(message: [UInt8]?, waiter: CheckedContinuation<[UInt8], Never>?)>((nil, nil))

    func send(_ message: [UInt8]) {}
    func close(retry: Duration) -> Bool { false }

    func finish(_ message: [UInt8], error: RPCError.Code?) {
        let waiter = state.withLock { state in
            state.message = message
            return state.waiter
        }
        waiter?.resume(returning: message)
    }

    var isAnswered: Bool { state.withLock { $0.message != nil } }

    /// The answer, waited for once.
    var message: [UInt8] {
        get async {
            await withCheckedContinuation { waiter in
                let message = state.withLock { state in
                    state.waiter = waiter
                    return state.message
                }
                if let message { waiter.resume(returning: message) }
            }
        }
    }
}
