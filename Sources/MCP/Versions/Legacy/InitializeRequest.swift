package import RoostJSON

/// The handshake of revisions up to 2025-11-25.
package struct InitializeRequest: Sendable {
    /// The version the session will speak: the client's if it is a legacy one, else the newest legacy one.
    package var version: ProtocolVersion
    package var capabilities: ClientCapabilities
    package var clientInfo: JSONView?

    /// Reads the parameters of initialize.
    ///
    /// Never agrees on a modern revision: those have no handshake.
    ///
    /// - Throws: -32602 naming the member that is missing or of the wrong type.
    package init(_ params: JSONView?) throws(RPCError) {
        guard let requested = params?["protocolVersion"]?.string else {
            throw RPCError(
                .invalidParams,
                "initialize needs params.protocolVersion, a string such as \(ProtocolVersion.newestLegacy.rawValue)",
                data: ["supported": .array(ProtocolVersion.legacy.reversed().map { .string($0.rawValue) })]
            )
        }
        let known = ProtocolVersion(rawValue: requested)
        version = known.flatMap { $0.isModern ? nil : $0 } ?? .newestLegacy
        let capabilities = params?["capabilities"]
        guard capabilities == nil || capabilities?.kind == .object else {
            throw RPCError(
                .invalidParams,
                "params.capabilities must be an object; found \(capabilities?.kind ?? .null)"
            )
        }
        self.capabilities = ClientCapabilities(capabilities)
        clientInfo = params?["clientInfo"].flatMap { $0.kind == .object ? $0 : nil }
    }
}
