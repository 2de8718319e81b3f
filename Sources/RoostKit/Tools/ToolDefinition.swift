/// The MCP Tool object in the making; schemas are kept as text so that they reach clients as they were
/// written.
struct ToolDefinition {
    var name: String
    var description: String
    var title: String?
    var annotations = ToolAnnotations()
    var icons: [Icon] = []
    var meta: JSONObject = [:]
    var inputSchema = Array(#"{"type":"object","additionalProperties":false}"#.utf8)
    var outputSchema: [UInt8]?

    init(name: String, description: String) {
        self.name = name
        self.description = description
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("name", string: name)
            if let title { writer.member("title", string: title) }
            writer.member("description", string: description)
            writer.member("inputSchema", raw: inputSchema)
            if let outputSchema { writer.member("outputSchema", raw: outputSchema) }
            if !annotations.json.isEmpty { writer.member("annotations", .object(annotations.json)) }
            if !icons.isEmpty { writer.member("icons", .array(icons.map(\.json))) }
            if !meta.isEmpty { writer.member("_meta", .object(meta)) }
        }
        return writer.bytes
    }
}
