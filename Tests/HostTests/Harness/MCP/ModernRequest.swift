import RoostJSON

/// A request of 2026-07-28 with its envelope and mirrored headers, each of which a test may break.
struct ModernRequest: Sendable {
    var method: String
    var id: JSONValue? = 1
    /// The parameters without the envelope; nil leaves params out altogether.
    var params: JSONObject?
    /// The envelope; nil leaves it out.
    var meta: JSONObject?
    var path: String
    var fields: HTTPFields

    init(_ method: String, _ params: JSONObject?, meta: JSONObject?, path: String) {
        self.method = method
        self.params = params
        self.meta = meta
        self.path = path
        fields = [
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": Revision.july2026.rawValue,
            "Mcp-Method": method,
        ]
        let name: String? =
            switch method {
            case "tools/call", "prompts/get": params?["name"]?.string
            case "resources/read": params?["uri"]?.string
            case "tasks/get", "tasks/update", "tasks/cancel": params?["taskId"]?.string
            default: nil
            }
        if let name { fields["Mcp-Name"] = name }
    }

    var message: JSONValue {
        var message: JSONObject = ["jsonrpc": "2.0"]
        if let id { message["id"] = id }
        message["method"] = .string(method)
        if var params {
            if let meta { params["_meta"] = .object(meta) }
            message["params"] = .object(params)
        }
        return .object(message)
    }

    var http: HTTPRequest { HTTPRequest(method: "POST", target: path, fields: fields, body: message.bytes) }
}
