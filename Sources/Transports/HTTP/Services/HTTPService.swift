package import Gateway
package import RoostJSON

/// Addresses beside MCP that another part of the host answers, for callers that were let in as at `/mcp`.
///
/// Functions may come on any thread.
package protocol HTTPService: Sendable {
    /// The methods an address is asked by, for Allow; nil when it is none of this service's.
    ///
    /// `path`: without the query.
    func methods(at path: String) -> [String]?

    /// Answers a request at one of its addresses, by one of its methods, for as long as it takes.
    func answer(_ request: HTTPServiceRequest) async -> HTTPServiceAnswer

    /// What `/health` says of it to this caller, beside everything else.
    func health(for caller: Caller) async -> JSONObject
}
