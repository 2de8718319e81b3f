import MCP
import PluginRuntime
import RoostJSON

/// The lists of an address while they are put together, plugin by plugin.
struct CatalogListing: Sendable {
    private(set) var capabilities = ServerCapabilities()
    private(set) var tools: [[UInt8]] = []
    private(set) var prompts: [[UInt8]] = []
    private(set) var resources: [[UInt8]] = []
    private(set) var resourceTemplates: [[UInt8]] = []

    private(set) var toolsByName: [String: CatalogTool] = [:]
    private(set) var promptsByName: [String: EndpointCatalog.Owned] = [:]
    private(set) var resourcesByURI: [String: PluginHandle] = [:]
    private(set) var templates: [(template: URITemplate, plugin: PluginHandle)] = []
    private(set) var omissions: [String] = []

    /// Lists what a plugin serves.
    ///
    /// `prefix`: stands in front of names; empty where the plugin has the address to itself.
    /// `grants`: whom the lists are for. What they leave out has its name all the same, so that names mean the same for all.
    mutating func add(
        _ plugin: CatalogPlugin,
        prefix: String,
        grants: Grants,
        shownName: (_ tool: String, _ alias: String) -> String?
    ) {
        let manifest = plugin.manifest
        let alias = plugin.handle.alias
        let isReadable = grants.allowsReading(alias)
        for tool in plugin.tools {
            guard let chosen = shownName(tool.name, plugin.handle.alias) else { continue }
            let name = prefix + chosen
            guard name.utf8.count <= 64 else {
                omissions.append(
                    "tool \(name) is left out: its name is longer than 64 characters; use a shorter alias or rename it"
                )
                continue
            }
            guard toolsByName[name] == nil else {
                omissions.append(
                    "tool \(name) of \(plugin.handle.alias) is left out: the name is taken; rename one of them"
                )
                continue
            }
            toolsByName[name] = tool
            let isAllowed = grants.allows(tool: tool.name, isReadOnly: tool.isReadOnly, of: alias)
            guard tool.hints.isListed, isAllowed else { continue }
            tools.append(tool.listed(as: name))
        }
        for prompt in manifest.prompts where promptsByName[prefix + prompt.key] == nil {
            promptsByName[prefix + prompt.key] = EndpointCatalog.Owned(plugin: plugin.handle, key: prompt.key)
            guard isReadable else { continue }
            prompts.append(
                prefix.isEmpty
                    ? Array(prompt.definition.bytes)
                    : prompt.definition.replacing("name", with: prefix + prompt.key)
            )
        }
        for resource in manifest.resources {
            guard resourcesByURI[resource.key] == nil else {
                omissions.append(
                    "resource \(resource.key) of \(plugin.handle.alias) is left out: another plugin lists it"
                )
                continue
            }
            resourcesByURI[resource.key] = plugin.handle
            if isReadable { resources.append(Array(resource.definition.bytes)) }
        }
        for template in manifest.resourceTemplates {
            templates.append((URITemplate(template.key), plugin.handle))
            if isReadable { resourceTemplates.append(Array(template.definition.bytes)) }
        }
        capabilities.add(manifest)
    }

    /// Announces that every list there is may change.
    mutating func letAllChange() { capabilities.letAllChange() }
}
