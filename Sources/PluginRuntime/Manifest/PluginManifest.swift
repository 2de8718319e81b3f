package import RoostJSON

/// What a plugin serves, read from its manifest JSON and checked.
///
/// Definitions keep the text the plugin gave, so that lists reach clients word for word.
package struct PluginManifest: Sendable {
    /// A tool as listed, and what the host needs to call it.
    package struct Tool: Sendable {
        package var name: String
        /// The MCP Tool object.
        package var definition: JSONView
        /// What arguments are checked against: the definition's, or a wider one that the author gave beside it.
        package var inputSchema: JSONView
        package var outputSchema: JSONView?
        /// What the author says about this tool to the host only; see Documentation/Manifest.md.
        package var hints: ToolHints
    }

    /// Anything else that is listed: a prompt by its name, a resource by its URI, a template by its pattern.
    package struct Item: Sendable {
        package var key: String
        package var definition: JSONView
    }

    package var document: JSONDocument
    package var id: String
    package var name: String
    package var version: String
    /// The MCP Implementation fields beside name and version: title, description, websiteUrl, icons.
    package var instructions: String?
    package var tools: [Tool]
    package var prompts: [Item]
    package var resources: [Item]
    package var resourceTemplates: [Item]
    /// True when the plugin answers completion/complete.
    package var completes: Bool
    /// True when the plugin writes log lines that clients may want.
    package var logs: Bool
    /// True when the plugin reports updated resources.
    package var notifiesResources: Bool
    /// The lists that may change while the plugin runs.
    package var changingLists: Set<ManifestList>
    /// What the plugin needs beyond what every confined plugin may do.
    package var permissions: PluginPermissions
    /// Header fields the host is to add to its requests.
    package var upstreams: [DeclaredUpstream] = []
    /// How long clients may keep the lists.
    ///
    /// Default 0.
    package var timeToLive: Duration
}

/// What an author declares for a tool beside its MCP definition.
///
/// The policies decide what comes of it.
package struct ToolHints: Sendable, Hashable {
    /// Answers may be kept this long; nil: never.
    package var cacheTTL: Duration?
    /// True when the kept answer serves every principal, false when only the same one.
    package var cacheIsShared = false
    /// Names that kept answers can be purged by.
    package var cacheTags: [String] = []
    /// Tags whose answers are worthless once this tool was called.
    package var cacheInvalidates: [String] = []
    /// The most time a call should take; nil: the plugin's limit.
    package var deadline: Duration?
    /// False: the tool can be called and stands in no list.
    ///
    /// Default true.
    package var isListed = true
    /// Whether a call may go on as a task.
    package var task = TaskSupport.whenLong
    /// True when the questions of a call's first round come before the task.
    package var taskFollowsQuestions = false

    /// Whether a call may go on as a task, for clients that know tasks.
    ///
    /// Raw values appear in manifests.
    package enum TaskSupport: String, Sendable, CaseIterable {
        /// Its client waits, however long it takes.
        case never
        /// When it takes longer than the host lets a request wait.
        case whenLong = "when_long"
        /// From its beginning.
        case always
        /// From its beginning; clients that know no tasks are refused.
        case required
    }

    package init() {}

    /// True when the author says anything about keeping answers.
    package var concernCache: Bool { cacheTTL != nil || !cacheInvalidates.isEmpty }
}
