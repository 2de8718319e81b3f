package import RoostJSON

/// The client's handle for progress of one request: a string or an integer.
package enum ProgressToken {
    /// Reads `_meta.progressToken`; nil when there is none.
    ///
    /// - Throws: -32602 when it is neither a string nor a number.
    package static func read(_ meta: JSONView?) throws(RPCError) -> JSONView? {
        guard let token = meta?[MetaKey.progressToken] else { return nil }
        guard token.kind == .string || token.kind == .number else {
            throw RPCError(.invalidParams, "progressToken must be a string or a number; found \(token.kind)")
        }
        return token
    }
}
