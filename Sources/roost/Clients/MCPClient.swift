import MCP
import RoostJSON

/// A way to ask a plugin something from the command line: through a running host, or with a host of one's own.
protocol MCPClient: Sendable {
    /// Sends a request and returns its result.
    ///
    /// - Throws: ``RPCError`` when the answer is an error; something readable when there is no answer.
    func request(_ method: String, _ params: JSONObject) async throws -> JSONValue
}

extension MCPClient {
    /// Every item of a list, page by page.
    func list(_ method: String, _ key: String) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor: JSONValue?
        repeat {
            var params: JSONObject = [:]
            params["cursor"] = cursor
            let page = try await request(method, params)
            items += page[key]?.array ?? []
            cursor = page["nextCursor"]
        } while cursor != nil
        return items
    }

    /// What every 2026-07-28 request carries.
    static var meta: JSONValue {
        .object([
            MetaKey.protocolVersion: .string(ProtocolVersion.v2026_07_28.rawValue),
            MetaKey.clientCapabilities: [:],
            MetaKey.clientInfo: HostIdentity.implementation.json,
        ])
    }
}
