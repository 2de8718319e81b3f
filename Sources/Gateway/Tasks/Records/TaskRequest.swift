import MCP
import RoostJSON

/// The call a task was made of, as it is kept beside it: enough for any worker to go on.
struct TaskRequest: Sendable {
    var endpoint: Endpoint
    var version: ProtocolVersion
    /// The request's params as they came, `_meta` included.
    var params: JSONView

    /// The tool's name at its endpoint.
    var tool: String { params["name"]?.string ?? "" }

    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: params.bytes.count + 64)
        writer.object { object in
            if case .plugin(let alias) = endpoint { object.member("endpoint", string: alias) }
            object.member("version", string: version.rawValue)
            object.member("params", raw: params.bytes)
        }
        return writer.bytes
    }

    init(endpoint: Endpoint, version: ProtocolVersion, params: JSONView) {
        self.endpoint = endpoint
        self.version = version
        self.params = params
    }

    /// Nil for anything that ``bytes`` did not write.
    init?(_ bytes: [UInt8]) {
        guard let root = try? JSONDocument(parsing: bytes).root, let params = root["params"],
            let version = root["version"]?.string.flatMap(ProtocolVersion.init(rawValue:))
        else { return nil }
        endpoint = root["endpoint"]?.string.map { .plugin($0) } ?? .all
        self.version = version
        self.params = params
    }
}
