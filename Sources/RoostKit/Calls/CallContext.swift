/// One call, as the code that serves it sees it: who asks, until when, and ways to speak while it runs.
///
/// Everything may be used from any thread, and harmlessly after the call has ended.
public struct CallContext: Sendable {
    let request: CallRequest
    let host: any HostLink
    let environment: PluginEnvironment
    let rounds: RoundLedger
    private let info: JSONView

    /// - Throws: When the host's JSON cannot be read.
    init(_ request: CallRequest, host: any HostLink, environment: PluginEnvironment) throws(RPCError) {
        self.request = request
        self.host = host
        self.environment = environment
        rounds = RoundLedger(
            try RoundLog(
                state: request.state,
                responses: try CallRequest.object(request.inputResponses, "the input responses")
            )
        )
        info = try CallRequest.object(request.context, "the call's context")
    }

    /// When the answer is no longer worth having.
    ///
    /// Nil: there is no limit. The task is cancelled when it passes.
    public var deadline: ContinuousClock.Instant? { request.deadline }

    /// True once the call was cancelled, passed its deadline, or ended.
    ///
    /// Long loops ask this.
    public var isCancelled: Bool { Task.isCancelled || host.isCancelled(request.call) }

    /// The revision of MCP that the client speaks, for example 2026-07-28.
    public var protocolVersion: String { info["protocolVersion"]?.string ?? "" }

    /// What the client says it can do.
    public var clientCapabilities: ClientCapabilities {
        ClientCapabilities(json: info["clientCapabilities"].flatMap { JSONValue($0).object } ?? [:])
    }

    /// What the client says it is.
    ///
    /// Nil when it does not say. For display and logs: never decide by it.
    public var clientInfo: ClientInfo? {
        guard let client = info["clientInfo"], let name = client["name"]?.string else { return nil }
        return ClientInfo(
            name: name,
            version: client["version"]?.string ?? "",
            title: client["title"]?.string
        )
    }

    /// Who calls, as the host's authentication found it.
    ///
    /// Nil when it asks nobody.
    public var principal: String? { info["principal"]?.string }

    /// The request's _meta: trace context and whatever else the client put there.
    public var meta: JSONObject { info["meta"].flatMap { JSONValue($0).object } ?? [:] }

    /// The plugin's name in the host's configuration.
    public var alias: String { environment.alias }

    /// An absolute path that exists and belongs to this plugin alone.
    public var dataDirectory: String { environment.dataDirectory }
}
