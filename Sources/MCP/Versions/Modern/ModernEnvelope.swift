package import RoostJSON

/// What a 2026-07-28 request says about itself in `params._meta`.
package struct ModernEnvelope: Sendable {
    package var version: ProtocolVersion
    package var capabilities: ClientCapabilities
    /// The Implementation object as the client wrote it.
    package var clientInfo: JSONView?
    /// The least severe level the client wants to read; nil: none at all.
    package var logLevel: String?
    /// A string or an integer, echoed as it came.
    package var progressToken: JSONView?
    package var meta: JSONView

    /// Reads the envelope, up to but without judging the version.
    ///
    /// - Throws: -32602 with the member that is missing or of the wrong type.
    package static func read(_ request: Request) throws(RPCError) -> Unjudged {
        guard let meta = request.params?["_meta"], meta.kind == .object else {
            throw RPCError(
                .invalidParams,
                "params._meta is missing: a \(ProtocolVersion.v2026_07_28.rawValue) request carries protocolVersion and clientCapabilities in it"
            )
        }
        guard let version = meta[MetaKey.protocolVersion]?.string else {
            throw RPCError(.invalidParams, "params._meta[\"\(MetaKey.protocolVersion)\"] must be a string")
        }
        guard let capabilities = meta[MetaKey.clientCapabilities], capabilities.kind == .object else {
            throw RPCError(
                .invalidParams,
                "params._meta[\"\(MetaKey.clientCapabilities)\"] must be an object"
            )
        }
        return Unjudged(statedVersion: version, capabilities: ClientCapabilities(capabilities), meta: meta)
    }

    /// An envelope whose version has not been compared with what the host speaks.
    package struct Unjudged: Sendable {
        package var statedVersion: String
        package var capabilities: ClientCapabilities
        package var meta: JSONView

        /// Accepts the version and the optional members.
        ///
        /// - Throws: -32022 for a version that is not spoken, -32602 for a member of the wrong type.
        package func accept() throws(RPCError) -> ModernEnvelope {
            guard let version = ProtocolVersion(rawValue: statedVersion), version.isModern else {
                throw RPCError(
                    .unsupportedProtocolVersion,
                    "protocol version \(statedVersion) is not supported",
                    data: [
                        "supported": .array(ProtocolVersion.modern.map { .string($0.rawValue) }),
                        "requested": .string(statedVersion),
                    ]
                )
            }
            var envelope = ModernEnvelope(version: version, capabilities: capabilities, meta: meta)
            envelope.clientInfo = meta[MetaKey.clientInfo]
            if let level = meta[MetaKey.logLevel] {
                guard let name = level.string, LoggingLevel.names.contains(name) else {
                    throw RPCError(
                        .invalidParams,
                        "log level must be one of \(LoggingLevel.names.joined(separator: ", "))"
                    )
                }
                envelope.logLevel = name
            }
            envelope.progressToken = try ProgressToken.read(meta)
            return envelope
        }
    }
}
