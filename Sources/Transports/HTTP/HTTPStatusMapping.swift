import MCP
import NIOHTTP1

/// The HTTP status of an error that a request ended with (2026-07-28, "Error codes").
enum HTTPStatusMapping {
    /// Modern clients learn from the status whether to mend the request; legacy ones would give up their session at a 404.
    static func status(of code: RPCError.Code?, isModern: Bool) -> HTTPResponseStatus {
        guard isModern, let code else { return .ok }
        switch code {
        case .methodNotFound: return .notFound
        case .headerMismatch, .missingClientCapability, .unsupportedProtocolVersion, .parseError,
            .invalidRequest:
            return .badRequest
        default: return .ok
        }
    }
}
