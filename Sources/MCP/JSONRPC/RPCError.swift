package import RoostJSON

/// A JSON-RPC error object: a code for programs, a sentence for people, data for both.
package struct RPCError: Error, Sendable, Hashable {
    package var code: Code
    package var message: String
    package var data: JSONValue?

    package init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The codes MCP defines.
    ///
    /// Codes of other makers pass through as they came.
    package struct Code: RawRepresentable, Sendable, Hashable {
        package var rawValue: Int64
        package init(rawValue: Int64) { self.rawValue = rawValue }

        package static let parseError = Code(rawValue: -32700)
        package static let invalidRequest = Code(rawValue: -32600)
        package static let methodNotFound = Code(rawValue: -32601)
        package static let invalidParams = Code(rawValue: -32602)
        package static let internalError = Code(rawValue: -32603)
        /// Revisions up to 2025-11-25 only.
        package static let resourceNotFound = Code(rawValue: -32002)
        /// 2026-07-28: mirrored headers differ from the body.
        package static let headerMismatch = Code(rawValue: -32020)
        /// 2026-07-28: the client did not declare what the call needs.
        package static let missingClientCapability = Code(rawValue: -32021)
        /// 2026-07-28: data holds `supported` and `requested`.
        package static let unsupportedProtocolVersion = Code(rawValue: -32022)

        // The host's own, as HTTP numbers them: outside of what JSON-RPC and MCP keep for themselves.

        /// The caller may not do this.
        package static let forbidden = Code(rawValue: 403)
        /// The caller asks more often than it may.
        package static let rateLimited = Code(rawValue: 429)
        /// Busy or out of order for now.
        package static let unavailable = Code(rawValue: 503)
    }
}

extension RPCError {
    /// Reads an error object a plugin made; nil when it has no integer code or no message.
    package init?(_ view: JSONView) {
        guard let code = view["code"]?.integer, let message = view["message"]?.string else { return nil }
        self.init(Code(rawValue: code), message, data: view["data"].map { JSONValue($0) })
    }

    /// The error as JSON.
    package var json: JSONValue {
        var object: JSONObject = ["code": .integer(code.rawValue), "message": .string(message)]
        object["data"] = data
        return .object(object)
    }
}
