/// An MCP server in a shared library: what it is called and what it serves.
///
/// ```
/// struct Weather: Plugin {
///     static let manifest = Manifest(id: "dev.example.weather", name: "Weather", version: "1.2.0")
///     var tools: [AnyTool] { Forecast() }
/// }
/// ```
///
/// A plugin that needs its configuration or its data directory conforms to ``ConfiguredPlugin`` instead.
public protocol Plugin: PluginContents {
    /// Makes an instance. Quick and without side effects: what takes time belongs in
    /// ``PluginContents/start()``.
    init()
}

/// A plugin that is made from what its host gives it: configuration, data directory, log.
public protocol ConfiguredPlugin: PluginContents {
    /// Makes an instance without starting it.
    ///
    /// - Parameter environment: Stays valid for the life of the instance; keep it to report changes later.
    /// - Throws: When the configuration cannot be used. The message goes to the operator's log and the plugin
    ///   is not loaded.
    init(_ environment: PluginEnvironment) throws
}

/// What every plugin offers, however it is made.
///
/// Conform to ``Plugin`` or ``ConfiguredPlugin``.
///
/// The lists are read when the instance is made and again after ``PluginEnvironment/manifestChanged()``;
/// between those moments the host answers from what it read.
public protocol PluginContents: Sendable {
    /// Who the plugin is. The same for every instance.
    static var manifest: Manifest { get }

    /// The tools in the order clients see them. Default: none.
    @ToolBuilder var tools: [AnyTool] { get }

    /// The prompts in the order clients see them. Default: none.
    @ListBuilder<Prompt> var prompts: [Prompt] { get }

    /// The resources with a fixed URI. Default: none.
    @ListBuilder<Resource> var resources: [Resource] { get }

    /// The families of resources whose URIs follow a pattern. Default: none.
    @ListBuilder<ResourceTemplate> var resourceTemplates: [ResourceTemplate] { get }

    /// Opens what the plugin needs: files, connections, indices. Default: nothing.
    ///
    /// Runs before the first call, on the SDK's own threads, and may be called again after ``stop()``.
    ///
    /// - Throws: The message goes to the operator's log; the host may try again later.
    func start() async throws

    /// Closes what ``start()`` opened. Default: nothing.
    ///
    /// Runs when no call is open, or when the host waited long enough for those that are.
    func stop() async
}

extension PluginContents {
    /// No tools.
    public var tools: [AnyTool] { [] }
    /// No prompts.
    public var prompts: [Prompt] { [] }
    /// No resources.
    public var resources: [Resource] { [] }
    /// No resource templates.
    public var resourceTemplates: [ResourceTemplate] { [] }
    /// Nothing to open.
    public func start() async throws {}
    /// Nothing to close.
    public func stop() async {}
}
