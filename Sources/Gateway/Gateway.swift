package import MCP
package import PluginRuntime
import RoostJSON
import Telemetry

/// Answers the requests of clients, whatever transport and revision they came by.
///
/// Start reading here.
///
/// The way of a `tools/call`, one short file for each stop:
///
/// ```
/// Transports/HTTP     bytes in, era found, headers checked
///   Gateway           which method is it, and is it served here?
///     TaskMethods     may it go on as a task?      <── TaskService: tasks, whoever works on them
///     CallMethods     whose tool is it?            <── Catalog: names, schemas, capabilities
///       PluginConversation   rounds of questions   <── RequestState, LegacyRound
///         PolicyChain        metrics · authentication · authorization · rate limit · deadline · validation · task · cache
///           PluginCall ──> PluginHandle ──> backend ──> roost/plugin.h ──> RoostKit ──> the author's call
///   Exchange          one answer, exactly once
/// Transports/HTTP     bytes out
/// ```
///
/// Nothing here blocks or waits: a call returns to its client on whichever thread the plugin completes it.
package final class Gateway: Sendable {
    package let catalog: Catalog
    package let sessions: SessionStore
    package let changes: ChangeFeed
    private let lists: ListMethods
    private let calls: CallMethods
    private let listening: ListenMethod
    private let tasks: TaskMethods?
    private let sessionMethods = SessionMethods()
    private let tracer: Tracer?
    private let meters: GatewayMeters

    package init(_ plugins: [PluginHandle], catalog settings: Catalog.Settings, services: GatewayServices) {
        catalog = Catalog(plugins, settings: settings, logger: services.logger)
        changes = ChangeFeed(catalog, audit: services.audit)
        sessions = SessionStore(services: services, feed: changes)
        lists = ListMethods(services: services)
        calls = CallMethods(services: services)
        listening = ListenMethod(changes, tasks: services.tasks)
        tasks = services.tasks.map { [calls, catalog] in
            TaskMethods(service: $0, calls: calls, catalog: catalog)
        }
        tracer = services.tracer
        meters = services.meters
    }

    /// Takes a request on; its exchange hears of the end.
    package func handle(_ exchange: Exchange) {
        meters.received(exchange)
        if let tracer { begin(tracer, exchange) }
        guard let catalog = catalog[exchange.endpoint] else {
            return exchange.fail(RPCError(.methodNotFound, "no plugin is served at this address"))
        }
        do throws(RPCError) {
            try dispatch(exchange, catalog)
        } catch {
            exchange.fail(error)
        }
    }

    private func begin(_ tracer: Tracer, _ exchange: Exchange) {
        let parent = TraceContext(meta: exchange.request.params?["_meta"]) ?? exchange.carriedTrace
        let trace = RequestTrace(tracer, in: parent)
        exchange.trace = trace
        exchange.afterwards { [exchange] in trace.finish(exchange) }
    }

    /// Streams of subscriptions/listen that are open.
    package var openListenStreams: Int { listening.openStreams }

    /// Agrees with a legacy client and begins its session.
    ///
    /// - Returns: The session and the InitializeResult as JSON text.
    /// - Throws: -32602 when the parameters cannot be read.
    package func initialize(
        _ request: Request,
        endpoint: Endpoint,
        caller: Caller = .local
    ) throws(RPCError) -> (session: Session, result: [UInt8]) {
        guard let catalog = catalog.view(of: endpoint, for: caller.grants) else {
            throw RPCError(.methodNotFound, "no plugin is served at this address")
        }
        meters.initialized()
        let agreed = try InitializeRequest(request.params)
        let session = sessions.begin(agreed, endpoint: endpoint, principal: caller.principal)
        session.grants = caller.grants
        var result: JSONObject = [
            "protocolVersion": .string(agreed.version.rawValue), "capabilities": catalog.capabilities.json,
            "serverInfo": catalog.identity.json,
        ]
        result["instructions"] = catalog.instructions.map { .string($0) }
        return (session, JSONValue.object(result).bytes)
    }

    /// Ends what would otherwise stay open for ever, so that the host can stop.
    package func finishStreams() {
        listening.finishAll()
        sessions.finishStreams()
    }

    private func dispatch(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        let can = catalog.capabilities
        let isModern = exchange.client.version.isModern
        switch exchange.request.method {
        case "tools/call" where can.tools:
            if let tasks {
                try tasks.callTool(exchange, catalog)
            } else {
                try calls.callTool(exchange, catalog)
            }
        case "tools/list" where can.tools: try list("tools", \.tools, exchange)
        case "resources/read" where can.resources: try calls.readResource(exchange, catalog)
        case "resources/list" where can.resources: try list("resources", \.resources, exchange)
        case "resources/templates/list" where can.resources:
            try list("resourceTemplates", \.resourceTemplates, exchange)
        case "prompts/get" where can.prompts: try calls.getPrompt(exchange, catalog)
        case "prompts/list" where can.prompts: try list("prompts", \.prompts, exchange)
        case "completion/complete" where can.completions: try calls.complete(exchange, catalog)
        case "server/discover" where isModern: lists.discover(exchange, try shown(exchange))
        case "subscriptions/listen"
        where isModern && (can.subscribe || !can.changing.isEmpty || tasks != nil):
            try listening.listen(exchange, catalog)
        case "tasks/get" where isModern && tasks != nil: try tasks?.get(exchange, catalog)
        case "tasks/update" where isModern && tasks != nil: try tasks?.update(exchange, catalog)
        case "tasks/cancel" where isModern && tasks != nil: try tasks?.cancel(exchange, catalog)
        case "ping" where !isModern: sessionMethods.ping(exchange)
        case "logging/setLevel" where !isModern && can.logging: try sessionMethods.setLevel(exchange)
        case "resources/subscribe" where !isModern && can.subscribe:
            try sessionMethods.subscribe(exchange, catalog)
        case "resources/unsubscribe" where !isModern && can.subscribe:
            try sessionMethods.unsubscribe(exchange)
        default:
            throw RPCError(.methodNotFound, "Method not found: \(exchange.request.method)")
        }
    }

    private func list(
        _ key: String,
        _ items: KeyPath<EndpointCatalog, [[UInt8]]>,
        _ exchange: Exchange
    ) throws(RPCError) {
        let shown = try shown(exchange)
        lists.list(key, shown[keyPath: items], exchange, shown)
    }

    /// What this caller is shown of an address; what names mean does not depend on who asks.
    private func shown(_ exchange: Exchange) throws(RPCError) -> EndpointCatalog {
        guard let shown = catalog.view(of: exchange.endpoint, for: exchange.client.grants) else {
            throw RPCError(.methodNotFound, "no plugin is served at this address")
        }
        return shown
    }
}
