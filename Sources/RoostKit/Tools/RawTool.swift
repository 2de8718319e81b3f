/// A tool that brings its own JSON Schema, word for word, and takes its arguments as JSON.
///
/// For schemas that Swift types cannot say: composition, conditions, references. Properties belong to the
/// value, so that one type can serve many tools.
public protocol RawTool: Sendable {
    /// The name clients call.
    var name: String { get }
    /// What the tool does and when to use it, for the model. Must not be empty.
    var description: String { get }
    /// A JSON Schema (2020-12) with type object, as text. Reaches clients as it is written, on one line.
    var inputSchema: String { get }
    /// A JSON Schema that arguments are checked against, where more is taken than ``inputSchema`` shows. Default nil: that one.
    ///
    /// For older spellings of arguments: clients with old habits are served, and new ones learn the new spelling.
    var acceptedSchema: String? { get }
    /// True when clients see the tool in the list. Default true.
    ///
    /// False for an older name of a tool: it can be called, and is never advertised.
    var isListed: Bool { get }
    /// A JSON Schema of the structured answer, as text. Default nil: none is promised.
    var outputSchema: String? { get }
    /// A name for people. Default nil: the name is shown.
    var title: String? { get }
    /// Hints about what a call does to the world. Default: none given.
    var annotations: ToolAnnotations { get }
    /// Pictures for user interfaces. Default: none.
    var icons: [Icon] { get }
    /// Members of the definition's _meta, with reverse-DNS keys. Default: none.
    var meta: JSONObject { get }
    /// How long answers may be kept by the host. Default nil: never.
    var cache: CacheDeclaration? { get }
    /// Tags whose kept answers are worthless once this tool was called. Default: none.
    ///
    /// The host purges them before it gives the call's answer, whatever that is.
    var invalidates: [String] { get }
    /// The most time a call should take. Default nil: the host's limit for the plugin.
    var deadline: Duration? { get }
    /// Whether a call may go on as a task. Default: when it takes longer than the host lets a request wait.
    var task: TaskSupport { get }
    /// True when calls neither block nor wait. Default false; see ``Tool/runsInline``.
    var runsInline: Bool { get }

    /// Does it. The arguments are an object that already satisfies the input schema.
    ///
    /// - Throws: As ``Tool/call(_:_:)``.
    func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult
}

extension RawTool {
    /// Only what is shown.
    public var acceptedSchema: String? { nil }
    /// Clients see it.
    public var isListed: Bool { true }
    /// No promise about the answer.
    public var outputSchema: String? { nil }
    /// No name for people.
    public var title: String? { nil }
    /// No hints.
    public var annotations: ToolAnnotations { ToolAnnotations() }
    /// No pictures.
    public var icons: [Icon] { [] }
    /// No further members.
    public var meta: JSONObject { [:] }
    /// Answers are not kept.
    public var cache: CacheDeclaration? { nil }
    /// Purges nothing.
    public var invalidates: [String] { [] }
    /// The host's limit.
    public var deadline: Duration? { nil }
    /// A long call becomes a task.
    public var task: TaskSupport { .whenLong }
    /// Calls run on the SDK's own threads.
    public var runsInline: Bool { false }
}
