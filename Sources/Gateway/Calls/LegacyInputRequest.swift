import MCP
import RoostJSON

/// The parameters of a plugin's input request as an older revision knows them.
enum LegacyInputRequest {
    /// Writes the params of a request to the client; nil when it has none.
    ///
    /// `id`: becomes the elicitation id that URL mode needs before 2026-07-28.
    static func params(of request: JSONView, id: RequestID, for version: ProtocolVersion) -> [UInt8]? {
        guard let params = request["params"] else { return nil }
        guard request["method"]?.equals("elicitation/create") == true else { return Array(params.bytes) }
        let isURL = params["mode"]?.equals("url") == true
        var writer = JSONWriter(capacity: params.bytes.count + 64)
        writer.object { object in
            for (key, value) in params.members where key != "mode" || version.knowsURLElicitation {
                object.member(key, raw: value.bytes)
            }
            if isURL, params["elicitationId"] == nil { object.member("elicitationId", string: "\(id)") }
        }
        return writer.bytes
    }
}
