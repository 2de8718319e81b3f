/// A plugin's lists at one moment: what each name leads to, and the manifest for the host.
///
/// The manifest is written only when somebody asks: a host that knows it from before starts the plugin
/// without it, and working out the schemas takes longer than making an instance may.
final class Catalog: Sendable {
    /// Writes the manifest's JSON text.
    private let write: @Sendable () throws -> [UInt8]
    let tools: [String: AnyTool]
    let prompts: [String: Prompt]
    let resources: [String: Resource]
    let templates: [(pattern: URITemplate, template: ResourceTemplate)]

    /// Reads the lists.
    ///
    /// - Throws: ``SchemaError`` when two things have the same name or a URI template cannot be read.
    init<P: PluginContents>(of plugin: P) throws {
        let tools = plugin.tools
        let prompts = plugin.prompts
        let resources = plugin.resources
        let templates = plugin.resourceTemplates
        self.tools = try Self.index(tools, "tool", by: \.name)
        self.prompts = try Self.index(prompts, "prompt", by: \.name)
        self.resources = try Self.index(resources, "resource", by: \.uri)
        _ = try Self.index(templates, "resource template", by: \.uriTemplate)
        self.templates = try templates.map { (try URITemplate($0.uriTemplate), $0) }
        write = {
            let lists = ManifestText.Lists(
                tools: try tools.map { ($0.name, $0.hints.json, try $0.define()) },
                prompts: prompts.map(\.definition),
                resources: resources.map(\.definition),
                templates: templates.map(\.definition),
                completes: prompts.contains { $0.arguments.contains { $0.completer != nil } }
                    || templates.contains { !$0.completers.isEmpty }
            )
            return ManifestText.write(P.manifest, lists)
        }
    }

    /// Writes the manifest's JSON text.
    ///
    /// - Throws: ``SchemaError`` when a tool cannot be described.
    func manifest() throws -> [UInt8] { try write() }

    /// The template that a URI follows, with what its variables stand for.
    ///
    /// The first listed wins.
    func template(for uri: String) -> (ResourceTemplate, [String: String])? {
        for (pattern, template) in templates {
            if let variables = pattern.match(uri) { return (template, variables) }
        }
        return nil
    }

    private static func index<Item>(
        _ items: [Item],
        _ what: String,
        by key: KeyPath<Item, String>
    ) throws -> [String: Item] {
        var result: [String: Item] = [:]
        for item in items {
            let name = item[keyPath: key]
            guard !name.isEmpty else {
                throw SchemaError("expected every \(what) to have a name, found an empty one")
            }
            guard result.updateValue(item, forKey: name) == nil else {
                throw SchemaError("expected each \(what) once, found '\(name)' twice. Rename one of them")
            }
        }
        return result
    }
}
