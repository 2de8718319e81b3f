package import MCP
package import PluginRuntime
import RoostJSON

/// Everything one address serves at one moment: the lists, who is behind each name, and what is advertised.
package struct EndpointCatalog: Sendable {
    /// A prompt or resource and the plugin it belongs to.
    package struct Owned: Sendable {
        package var plugin: PluginHandle
        /// The name or URI the plugin knows.
        package var key: String
    }

    package private(set) var identity: Implementation
    package private(set) var instructions: String?
    package private(set) var capabilities = ServerCapabilities()
    /// How long clients may keep the lists: the shortest any plugin allows.
    package private(set) var timeToLive: Duration
    /// Differs whenever any list differs; the same on every worker that serves the same plugins.
    package private(set) var fingerprint = ""
    /// Writes results in the name of this endpoint.
    package private(set) var modernResult: ModernResult

    package private(set) var tools: [[UInt8]] = []
    package private(set) var prompts: [[UInt8]] = []
    package private(set) var resources: [[UInt8]] = []
    package private(set) var resourceTemplates: [[UInt8]] = []

    private var toolsByName: [String: CatalogTool] = [:]
    private var promptsByName: [String: Owned] = [:]
    private var resourcesByURI: [String: PluginHandle] = [:]
    private var templates: [(template: URITemplate, plugin: PluginHandle)] = []

    /// What could not be listed and why, for the operator's log.
    package private(set) var omissions: [String] = []

    /// Builds the catalog of an endpoint from the plugins it includes.
    ///
    /// - Parameters:
    ///   - host: Who the host says it is where several plugins share an address.
    ///   - separator: Stands between alias and name at the shared address.
    init(
        _ plugins: [CatalogPlugin], endpoint: Endpoint, host: Implementation, separator: String,
        shownName: (_ tool: String, _ alias: String) -> String?
    ) {
        identity = host
        modernResult = ModernResult(serverInfo: host)
        timeToLive = plugins.map(\.manifest.timeToLive).min() ?? .zero
        if case .plugin = endpoint, let manifest = plugins.first?.manifest {
            identity = Implementation(name: manifest.name, version: manifest.version)
            modernResult = ModernResult(serverInfo: identity)
            instructions = manifest.instructions
        } else {
            let parts = plugins.compactMap { plugin in
                plugin.manifest.instructions.map { "# \(plugin.handle.alias)\n\($0)" }
            }
            instructions = parts.isEmpty ? nil : parts.joined(separator: "\n\n")
        }
        for plugin in plugins {
            let prefix = endpoint == .all ? plugin.handle.alias + separator : ""
            add(plugin, prefix: prefix, shownName: shownName)
        }
        fingerprint = Self.fingerprint(of: [tools, prompts, resources, resourceTemplates])
    }

    /// The tool behind a listed name.
    package func tool(named name: String) -> CatalogTool? { toolsByName[name] }

    /// The prompt behind a listed name.
    package func prompt(named name: String) -> Owned? { promptsByName[name] }

    /// Who serves a URI: the plugin that lists it, else the first whose template fits.
    package func resource(at uri: String) -> Owned? {
        if let plugin = resourcesByURI[uri] { return Owned(plugin: plugin, key: uri) }
        let match = templates.first { $0.template.text == uri || $0.template.matches(uri) }
        return match.map { Owned(plugin: $0.plugin, key: uri) }
    }

    private mutating func add(
        _ plugin: CatalogPlugin, prefix: String, shownName: (_ tool: String, _ alias: String) -> String?
    ) {
        let manifest = plugin.manifest
        for tool in plugin.tools {
            guard let chosen = shownName(tool.name, plugin.handle.alias) else { continue }
            let name = prefix + chosen
            guard name.utf8.count <= 64 else {
                omissions.append("tool \(name) is left out: its name is longer than 64 characters; use a shorter alias or rename it")
                continue
            }
            guard toolsByName[name] == nil else {
                omissions.append("tool \(name) of \(plugin.handle.alias) is left out: the name is taken; rename one of them")
                continue
            }
            toolsByName[name] = tool
            tools.append(tool.listed(as: name))
        }
        for prompt in manifest.prompts where promptsByName[prefix + prompt.key] == nil {
            promptsByName[prefix + prompt.key] = Owned(plugin: plugin.handle, key: prompt.key)
            prompts.append(
                prefix.isEmpty ? Array(prompt.definition.bytes) : prompt.definition.replacing("name", with: prefix + prompt.key))
        }
        for resource in manifest.resources {
            guard resourcesByURI[resource.key] == nil else {
                omissions.append("resource \(resource.key) of \(plugin.handle.alias) is left out: another plugin lists it")
                continue
            }
            resourcesByURI[resource.key] = plugin.handle
            resources.append(Array(resource.definition.bytes))
        }
        for template in manifest.resourceTemplates {
            templates.append((URITemplate(template.key), plugin.handle))
            resourceTemplates.append(Array(template.definition.bytes))
        }
        capabilities.add(manifest)
    }

    /// FNV-1a over the lists: short, and equal for equal lists in every process.
    private static func fingerprint(of lists: [[[UInt8]]]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for list in lists {
            for item in list {
                for byte in item { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            }
            hash = (hash ^ 0xFF) &* 0x100_0000_01b3
        }
        return String(hash, radix: 36)
    }
}

/// A plugin's handle with the manifest it had when the catalog was built.
struct CatalogPlugin: Sendable {
    var handle: PluginHandle
    var manifest: PluginManifest
    var tools: [CatalogTool]

    init(_ handle: PluginHandle) {
        self.handle = handle
        manifest = handle.manifest
        tools = manifest.tools.map { CatalogTool($0, of: handle) }
    }
}
