/// Who a plugin is and what it promises about its lists.
public struct Manifest: Sendable {
    /// Reverse DNS, stable for ever, for example dev.example.weather.
    public var id: String
    /// The programmatic name that clients and logs show.
    public var name: String
    /// The plugin's own semantic version.
    public var version: String
    /// A name for people.
    ///
    /// Nil: the name is shown.
    public var title: String?
    /// One sentence about the plugin.
    public var description: String?
    /// Where people can read more.
    public var websiteURL: String?
    /// Pictures for user interfaces.
    public var icons: [Icon]
    /// How a model should use the tools together.
    ///
    /// Clients may add it to their system prompt.
    public var instructions: String?
    /// The lists that may change while the plugin runs.
    ///
    /// Default: none, so that clients may keep them.
    public var changingLists: [ChangingList]
    /// True when the plugin reports resources that read differently.
    ///
    /// Default false.
    public var updatesResources: Bool
    /// True when clients may receive the plugin's log lines.
    ///
    /// Default true.
    public var logs: Bool
    /// What the plugin needs beyond what every confined plugin may do.
    ///
    /// Default: nothing. The operator grants it in host.yaml, or the plugin does not start.
    public var permissions: Permissions
    /// Header fields that the host adds to the plugin's requests, so that it need not know secrets.
    ///
    /// Default: none.
    public var upstreams: [Upstream]
    /// How long clients may keep the lists.
    ///
    /// Default zero: they ask every time.
    public var timeToLive: Duration
    /// The most calls the plugin takes at once.
    ///
    /// Default 0: no limit of its own. 1: the host serialises them.
    public var maximumConcurrentCalls: Int

    /// Describes a plugin.
    public init(
        id: String,
        name: String,
        version: String,
        title: String? = nil,
        description: String? = nil,
        websiteURL: String? = nil,
        icons: [Icon] = [],
        instructions: String? = nil,
        changingLists: [ChangingList] = [],
        updatesResources: Bool = false,
        logs: Bool = true,
        permissions: Permissions = Permissions(),
        upstreams: [Upstream] = [],
        timeToLive: Duration = .zero,
        maximumConcurrentCalls: Int = 0
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.title = title
        self.description = description
        self.websiteURL = websiteURL
        self.icons = icons
        self.instructions = instructions
        self.changingLists = changingLists
        self.updatesResources = updatesResources
        self.logs = logs
        self.permissions = permissions
        self.upstreams = upstreams
        self.timeToLive = timeToLive
        self.maximumConcurrentCalls = maximumConcurrentCalls
    }
}

/// A list of the manifest that may change while the plugin runs.
public enum ChangingList: String, Sendable, CaseIterable {
    case tools, prompts, resources
}
