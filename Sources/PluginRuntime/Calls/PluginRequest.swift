/// One request as the host asks it of a plugin: what crosses the boundary as a roost_request.
package struct PluginRequest: Sendable {
    /// The MCP method: tools/call, resources/read, prompts/get or completion/complete.
    package var method: String
    /// The tool's or prompt's own name or the resource's URI, as the plugin's manifest has it.
    package var target: String
    /// A JSON object, as the client sent it.
    ///
    /// For completion/complete the whole params object.
    package var arguments: [UInt8]
    /// A JSON object of answers by key; empty on the first round.
    package var inputResponses: [UInt8]
    /// What the plugin gave as its state on the round before, verified; empty on the first round.
    package var state: [UInt8]
    /// A JSON object: protocolVersion, clientCapabilities, clientInfo?, principal?, logLevel?, meta?.
    package var context: [UInt8]
    /// When the answer is no longer worth having.
    ///
    /// Nil: only the plugin's own limit holds.
    package var deadline: ContinuousClock.Instant?
    /// How long it may take in place of the plugin's own limit; what the operator says for its tool holds all the same.
    ///
    /// Nil: the plugin's limit.
    package var limit: Duration?
    /// True when the client asked for progress.
    package var wantsProgress: Bool

    package init(
        method: String,
        target: String,
        arguments: [UInt8] = Array("{}".utf8),
        inputResponses: [UInt8] = [],
        state: [UInt8] = [],
        context: [UInt8] = Array("{}".utf8),
        deadline: ContinuousClock.Instant? = nil,
        wantsProgress: Bool = false
    ) {
        self.method = method
        self.target = target
        self.arguments = arguments
        self.inputResponses = inputResponses
        self.state = state
        self.context = context
        self.deadline = deadline
        self.wantsProgress = wantsProgress
    }
}
