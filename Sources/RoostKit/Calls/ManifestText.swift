/// Writes the manifest that the host reads.
///
/// Documentation/Manifest.md describes its shape.
enum ManifestText {
    struct Lists {
        var tools: [(name: String, hints: JSONObject?, definition: [UInt8])]
        var prompts: [JSONObject]
        var resources: [JSONObject]
        var templates: [JSONObject]
        var completes: Bool
    }

    static func write(_ manifest: Manifest, _ lists: Lists) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        writer.object { writer in
            writeIdentity(manifest, to: &writer)
            if !lists.tools.isEmpty {
                writer.key("tools")
                writer.array { writer in
                    for tool in lists.tools { writer.raw(tool.definition) }
                }
            }
            writeList("prompts", lists.prompts, to: &writer)
            writeList("resources", lists.resources, to: &writer)
            writeList("resourceTemplates", lists.templates, to: &writer)
            if lists.completes { writer.member("completions", true) }
            if manifest.logs { writer.member("logging", true) }
            if manifest.updatesResources { writer.member("resourceUpdates", true) }
            if !manifest.changingLists.isEmpty {
                writer.member("listChanged", .array(manifest.changingLists.map { .string($0.rawValue) }))
            }
            if let permissions = manifest.permissions.json {
                writer.member("permissions", .object(permissions))
            }
            if !manifest.upstreams.isEmpty {
                let places = manifest.upstreams.map { upstream -> (String, JSONValue) in
                    let fields = upstream.headers.fields.map { ($0.name, JSONValue.string($0.value)) }
                    return (upstream.place, ["headers": .object(JSONObject(fields))])
                }
                writer.member("upstream", .object(JSONObject(places)))
            }
            if manifest.timeToLive > .zero {
                writer.member("ttlMs", .integer(manifest.timeToLive.milliseconds))
            }
            let hints = JSONObject(
                lists.tools.compactMap { tool in tool.hints.map { (tool.name, .object($0)) } }
            )
            if !hints.isEmpty { writer.member("hints", .object(hints)) }
        }
        return writer.bytes
    }

    private static func writeIdentity(_ manifest: Manifest, to writer: inout JSONWriter) {
        writer.member("id", string: manifest.id)
        writer.member("name", string: manifest.name)
        writer.member("version", string: manifest.version)
        if let title = manifest.title { writer.member("title", string: title) }
        if let description = manifest.description { writer.member("description", string: description) }
        if let url = manifest.websiteURL { writer.member("websiteUrl", string: url) }
        if !manifest.icons.isEmpty { writer.member("icons", .array(manifest.icons.map(\.json))) }
        if let instructions = manifest.instructions { writer.member("instructions", string: instructions) }
    }

    private static func writeList(_ key: String, _ items: [JSONObject], to writer: inout JSONWriter) {
        if !items.isEmpty { writer.member(key, .array(items.map(JSONValue.object))) }
    }
}
