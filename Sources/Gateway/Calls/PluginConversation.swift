import MCP
import PluginRuntime
import RoostJSON
import Synchronization
import Telemetry

/// One request at one plugin with all its rounds, until there is an answer for the client.
///
/// ```
/// begin ──> policies ──> plugin ──> complete ───────────────> result
///   ^                           ├─> error, failed ──────────> error
///   │                           └─> input required
///   │                                 ├─ modern: sealed state ─> input_required; the retry begins anew, on any worker
///   └── answers ── legacy: requests to the client <─┘
/// ```
final class PluginConversation: Sendable {
    /// What is asked of whom, the same in every round.
    struct Subject: Sendable {
        var method: String
        var plugin: PluginHandle
        var target: String
        var tool: CatalogTool?
        /// Nil when the request has none.
        var arguments: JSONView?

        /// The tool or prompt; nil for what clients can make up, such as addresses that fit a template.
        var nameForSpans: String? { ["tools/call", "prompts/get"].contains(method) ? target : nil }
    }

    private let exchange: Exchange
    private let subject: Subject
    private let catalog: EndpointCatalog
    private let services: GatewayServices

    /// A legacy client is asked at most this often for one request.
    private static let maximumRounds: Int64 = 8
    /// How long a legacy client may take to answer.
    private static let patience = Duration.seconds(600)

    init(_ subject: Subject, of exchange: Exchange, catalog: EndpointCatalog, services: GatewayServices) {
        self.subject = subject
        self.exchange = exchange
        self.catalog = catalog
        self.services = services
    }

    /// Begins with what the request carries: nothing, or the answers and state of a round before.
    func begin() {
        if let target = subject.nameForSpans { exchange.trace?.concerns(target) }
        if let further = exchange.continuation {
            return run(round: further.round, answers: further.answers, state: further.state)
        }
        do throws(RPCError) {
            let params = exchange.request.params
            var state: RequestState?
            if exchange.client.version.isModern, let sealed = params?["requestState"] {
                guard let text = sealed.string else {
                    throw RPCError(.invalidParams, "requestState must be a string; found \(sealed.kind)")
                }
                state = try RequestState.open(
                    text,
                    by: services.sealer,
                    binding: binding,
                    now: services.now()
                )
            }
            var answers: [UInt8] = []
            if exchange.client.version.isModern, let responses = params?["inputResponses"] {
                guard responses.kind == .object, responses.members.allSatisfy({ $0.value.kind == .object })
                else {
                    throw RPCError(
                        .invalidParams,
                        "inputResponses must be an object whose members are result objects"
                    )
                }
                answers = Array(responses.bytes)
            }
            run(round: state?.round ?? 0, answers: answers, state: Array((state?.payload ?? "").utf8))
        } catch {
            exchange.fail(error)
        }
    }

    private func run(round: Int64, answers: [UInt8], state: [UInt8]) {
        let spans = exchange.trace.map { trace in
            let name = subject.nameForSpans.map { "\(subject.method) \($0)" } ?? subject.method
            return CallTrace(trace, name: name, plugin: subject.plugin.alias)
        }
        let meta = exchange.request.params?["_meta"]
        let stated = TraceContext(meta: meta)
        let trace = spans?.context ?? stated ?? exchange.carriedTrace
        let request = PluginRequest(
            method: subject.method,
            target: subject.target,
            arguments: subject.arguments.map { Array($0.bytes) } ?? Array("{}".utf8),
            inputResponses: answers,
            state: state,
            context: context(meta: trace == stated ? nil : trace?.written(into: meta)),
            wantsProgress: exchange.progressToken != nil
        )
        let call = PluginCall(
            request,
            to: subject.plugin,
            tool: subject.tool,
            arguments: subject.arguments,
            of: exchange,
            trace: trace,
            spans: spans
        )
        // The call holds its hooks until it ends, and only then.
        call.whenFinished { [self, call] outcome in
            spans?.finish(outcome, call.notes)
            finish(outcome, of: call, round: round)
        }
        services.policies.handle(call)
    }

    private func finish(_ outcome: PluginOutcome, of call: PluginCall, round: Int64) {
        switch outcome {
        case .complete(let document):
            exchange.finish(result: shape(document.root, call.cacheHint))
        case .inputRequired(let document):
            ask(document.root, round: round + 1)
        case .error(let document):
            fail(
                RPCError(document.root)
                    ?? RPCError(
                        .internalError,
                        "\(subject.plugin.alias) answered with an error without code or message"
                    )
            )
        case .cancelled:
            fail(RPCError(.internalError, "the call was cancelled"))
        case .failed(let failure):
            if let refusal = call.refusal ?? failure.refusal { return exchange.refuse(refusal) }
            exchange.fail(
                RPCError(
                    .internalError,
                    failure.message,
                    data: ["plugin": .string(failure.plugin), "cause": .string(failure.cause.rawValue)]
                )
            )
        }
    }

    private func shape(_ result: JSONView, _ cacheHint: ModernResult.CacheHint?) -> [UInt8] {
        guard exchange.client.version.isModern else {
            return LegacyResult.shape(result, method: subject.method, version: exchange.client.version)
        }
        if let cacheHint { return catalog.modernResult.complete(result, kept: cacheHint) }
        let isCacheable = subject.method == "resources/read"
        return catalog.modernResult.complete(
            result,
            cacheHint: isCacheable ? ModernResult.CacheHint.none : nil
        )
    }

    /// Passes a plugin's error on in the words of the client's revision.
    private func fail(_ error: RPCError) {
        var error = error
        if exchange.client.version.isModern {
            if error.code == .resourceNotFound { error.code = .invalidParams }
        } else if error.code == .missingClientCapability {
            return failPolitely("This client cannot do what \(subject.target) needs: \(error.message)")
        } else if subject.method == "resources/read", error.code == .invalidParams, error.data?["uri"] != nil
        {
            error.code = .resourceNotFound
        }
        exchange.fail(error)
    }

    /// Ends a legacy request that cannot go on: a result the model can read where there is one, else an error.
    private func failPolitely(_ sentence: String) {
        guard subject.method == "tools/call" else { return exchange.fail(RPCError(.internalError, sentence)) }
        let result: JSONValue = ["content": [["type": "text", "text": .string(sentence)]], "isError": true]
        exchange.finish(result: result.bytes)
    }

    // MARK: Asking the client

    private func ask(_ outcome: JSONView, round: Int64) {
        let requests = outcome["inputRequests"]
        var missing: JSONObject = [:]
        for (_, request) in requests?.members ?? [] {
            for (key, value) in exchange.client.capabilities.missing(for: request)?.members ?? [] {
                missing[key] = value
            }
        }
        guard missing.isEmpty else {
            return fail(
                RPCError(
                    .missingClientCapability,
                    "\(subject.target) needs a client with \(missing.keys.joined(separator: " and "))",
                    data: ["requiredCapabilities": .object(missing)]
                )
            )
        }
        let payload = outcome["state"]?.string ?? ""
        if exchange.handOver(TaskAsk(requests: requests, state: payload, round: round)) { return }
        if exchange.client.version.isModern {
            let state = RequestState(
                payload: payload,
                round: round,
                expiry: services.now() + services.limits.stateLifetime,
                binding: binding
            )
            guard let sealed = state.sealed(by: services.sealer) else {
                return exchange.fail(
                    RPCError(.internalError, "the request state could not be sealed: no key is configured")
                )
            }
            exchange.finish(
                result: catalog.modernResult.inputRequired(requests: requests, sealedState: sealed)
            )
        } else if let session = exchange.client.session, round <= Self.maximumRounds {
            askLegacyClient(requests?.members ?? [], session, round: round, state: Array(payload.utf8))
        } else {
            failPolitely(
                exchange.client.session == nil
                    ? "\(subject.target) needs to ask the user, which needs a session: connect with initialize"
                    : "\(subject.target) asked \(Self.maximumRounds) times without coming to an end"
            )
        }
    }

    private func askLegacyClient(
        _ requests: [(key: String, value: JSONView)],
        _ session: Session,
        round: Int64,
        state: [UInt8]
    ) {
        guard !requests.isEmpty else { return run(round: round, answers: Array("{}".utf8), state: state) }
        let round = LegacyRound(keys: requests.map(\.key)) { [self] ending in
            switch ending {
            case .answered(let answers): run(round: round, answers: answers, state: state)
            case .refused(let error): failPolitely("The client did not answer: \(error)")
            case .late:
                failPolitely("The client did not answer within \(Self.patience.components.seconds) seconds.")
            }
        }
        exchange.whenCancelled { round.abandon(session.requests) }
        services.after(Self.patience) { round.expire(session.requests) }
        for (key, request) in requests {
            let id = session.requests.open { response in round.take(response, for: key) }
            round.sent(id)
            let method = request["method"]?.string ?? ""
            let params = LegacyInputRequest.params(of: request, id: id, for: exchange.client.version)
            exchange.send(MessageWriter.request(id, method, params: params))
        }
    }

    // MARK: Facts for the plugin

    private var binding: String {
        RequestState.binding(
            principal: exchange.client.principal,
            method: subject.method,
            plugin: subject.plugin.alias,
            target: subject.target,
            arguments: subject.arguments
        )
    }

    /// Written by hand, member by member: every call pays for it, and nearly all of it is text that came as JSON.
    ///
    /// `written`: the `_meta` for the plugin where it differs from what the client sent.
    private func context(meta written: [UInt8]?) -> [UInt8] {
        let client = exchange.client
        let meta = written.map { $0[...] } ?? exchange.request.params?["_meta"]?.bytes
        var context: [UInt8] = []
        context.reserveCapacity(256 + 2 * (meta?.count ?? 0))
        context.append(contentsOf: #"{"protocolVersion":""#.utf8)
        context.append(contentsOf: client.version.rawValue.utf8)
        context.append(contentsOf: #"","clientCapabilities":"#.utf8)
        if let capabilities = client.capabilities.json {
            context.append(contentsOf: capabilities.bytes)
        } else {
            context.append(contentsOf: "{}".utf8)
        }
        if let info = client.info {
            context.append(contentsOf: #","clientInfo":"#.utf8)
            context.append(contentsOf: info.bytes)
        }
        if let principal = client.principal {
            context.append(contentsOf: #","principal":"#.utf8)
            context.append(contentsOf: JSONValue.string(principal).bytes)
        }
        if let level = client.session?.logLevel ?? client.logLevel {
            context.append(contentsOf: #","logLevel":""#.utf8)
            context.append(contentsOf: level.utf8)
            context.append(UInt8(ascii: "\""))
        }
        if let meta {
            context.append(contentsOf: #","meta":"#.utf8)
            context.append(contentsOf: meta)
        }
        context.append(UInt8(ascii: "}"))
        return context
    }
}
