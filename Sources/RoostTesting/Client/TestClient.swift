public import RoostKit

/// What calls say about the client they come from.
public struct TestClient: Sendable {
    /// The revision of MCP.
    ///
    /// Default 2026-07-28.
    public var protocolVersion: String
    /// The capabilities as MCP shapes them.
    ///
    /// Default: forms, addresses, sampling and roots.
    public var capabilities: JSONObject
    /// The client's name.
    ///
    /// Default test-client.
    public var name: String
    /// Who calls.
    ///
    /// Default nil: nobody is authenticated.
    public var principal: String?
    /// The least serious log lines it wants.
    ///
    /// Default debug: all of them. Nil: none.
    public var logLevel: LogLevel?
    /// True when it asks for progress.
    ///
    /// Default true.
    public var wantsProgress: Bool
    /// The request's _meta.
    ///
    /// Default empty.
    public var meta: JSONObject

    /// Describes a client.
    public init(
        protocolVersion: String = "2026-07-28",
        capabilities: JSONObject = [
            "elicitation": ["form": [:], "url": [:]], "sampling": [:], "roots": [:],
        ],
        name: String = "test-client",
        principal: String? = nil,
        logLevel: LogLevel? = .debug,
        wantsProgress: Bool = true,
        meta: JSONObject = [:]
    ) {
        self.protocolVersion = protocolVersion
        self.capabilities = capabilities
        self.name = name
        self.principal = principal
        self.logLevel = logLevel
        self.wantsProgress = wantsProgress
        self.meta = meta
    }

    /// The object a host sends with each call.
    var context: JSONValue {
        var object: JSONObject = [
            "protocolVersion": .string(protocolVersion), "clientCapabilities": .object(capabilities),
            "clientInfo": ["name": .string(name), "version": "1.0.0"],
        ]
        object["principal"] = principal.map(JSONValue.string)
        object["logLevel"] = logLevel.map { .string("\($0)") }
        if !meta.isEmpty { object["meta"] = .object(meta) }
        return .object(object)
    }
}
