package import MCP
package import PluginRuntime
import RoostJSON

/// Everything one address serves at one moment: the lists, who is behind each name, and what is advertised.
///
/// A class, because every call holds on to it and nothing in it ever changes.
package final class EndpointCatalog: Sendable {
    /// A prompt or resource and the plugin it belongs to.
    package struct Owned: Sendable {
        package var plugin: PluginHandle
        /// The name or URI the plugin knows.
        package var key: String
    }

    package let identity: Implementation
    package let instructions: String?
    /// How long clients may keep the lists: the shortest any plugin allows.
    package let timeToLive: Duration
    /// Differs whenever any list differs; the same on every worker that serves the same plugins.
    package let fingerprint: String
    /// Writes results in the name of this endpoint.
    package let modernResult: ModernResult
    private let listing: CatalogListing

    package var capabilities: ServerCapabilities { listing.capabilities }
    package var tools: [[UInt8]] { listing.tools }
    package var prompts: [[UInt8]] { listing.prompts }
    package var resources: [[UInt8]] { listing.resources }
    package var resourceTemplates: [[UInt8]] { listing.resourceTemplates }
    /// What could not be listed and why, for the operator's log.
    package var omissions: [String] { listing.omissions }

    /// Builds the catalog of an endpoint from the plugins it includes.
    ///
    /// The host names itself where several plugins share an address; `grants` tells whom the lists are for.
    init(
        _ plugins: [CatalogPlugin],
        endpoint: Endpoint,
        settings: Catalog.Settings,
        grants: Grants,
        shownName: Catalog.ShownName
    ) {
        if case .plugin = endpoint, let manifest = plugins.first?.manifest {
            identity = Implementation(name: manifest.name, version: manifest.version)
            instructions = grants.reaches(endpoint) ? manifest.instructions : nil
        } else {
            identity = settings.host
            let parts = plugins.filter { grants.reaches($0.handle.alias) }.compactMap { plugin in
                plugin.manifest.instructions.map { "# \(plugin.handle.alias)\n\($0)" }
            }
            instructions = parts.isEmpty ? nil : parts.joined(separator: "\n\n")
        }
        modernResult = ModernResult(serverInfo: identity)
        timeToLive = plugins.map(\.manifest.timeToLive).min() ?? .zero
        var listing = CatalogListing()
        for plugin in plugins {
            listing.add(
                plugin,
                prefix: endpoint == .all ? plugin.handle.alias + settings.separator : "",
                grants: grants,
                shownName: shownName
            )
        }
        if settings.allListsMayChange { listing.letAllChange() }
        fingerprint = Self.fingerprint(
            of: [listing.tools, listing.prompts, listing.resources, listing.resourceTemplates])
        self.listing = listing
    }

    /// The tool behind a listed name.
    package func tool(named name: String) -> CatalogTool? { listing.toolsByName[name] }

    /// Under which name this address serves a tool that its plugin knows as `own`; nil when it does not.
    ///
    /// Looks at every tool: meant for single questions.
    package func servedName(ofTool own: String) -> String? {
        if listing.toolsByName[own]?.name == own { return own }
        return listing.toolsByName.filter { $0.value.name == own }.keys.min()
    }

    /// The prompt behind a listed name.
    package func prompt(named name: String) -> Owned? { listing.promptsByName[name] }

    /// Who serves a URI: the plugin that lists it, else the first whose template fits.
    package func resource(at uri: String) -> Owned? {
        if let plugin = listing.resourcesByURI[uri] { return Owned(plugin: plugin, key: uri) }
        let match = listing.templates.first { $0.template.text == uri || $0.template.matches(uri) }
        return match.map { Owned(plugin: $0.plugin, key: uri) }
    }

    /// The lists that read differently in another catalog of the same address; one that is nil lists nothing.
    static func changes(from old: EndpointCatalog?, to new: EndpointCatalog?) -> Set<ManifestList> {
        var changes: Set<ManifestList> = []
        if old?.tools ?? [] != new?.tools ?? [] { changes.insert(.tools) }
        if old?.prompts ?? [] != new?.prompts ?? [] { changes.insert(.prompts) }
        if old?.resources ?? [] != new?.resources ?? []
            || old?.resourceTemplates ?? [] != new?.resourceTemplates ?? []
        {
            changes.insert(.resources)
        }
        return changes
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
