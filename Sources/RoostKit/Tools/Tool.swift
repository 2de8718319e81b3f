/// One thing a model can do, with typed arguments and a typed answer.
///
/// ```
/// struct Forecast: Tool {
///     static let description = "Daily forecast for a city."
///
///     struct Input: ToolInput {
///         @Param("City name, for example Oslo") var city: String
///         @Param("Days ahead", in: 1...10) var days = 3
///     }
///
///     func call(_ input: Input, _ context: CallContext) async throws -> String { … }
/// }
/// ```
///
/// The input schema comes from the input's ``Param`` properties, the output schema from the output type. A
/// tool that brings its own JSON Schema conforms to ``RawTool`` instead.
public protocol Tool: Sendable {
    /// The arguments. Default: none.
    associatedtype Input: ToolInput = NoInput
    /// The answer: text, content blocks, or a structure that becomes JSON with a schema.
    associatedtype Output: ToolOutput

    /// The name clients call. Default: the type's name in snake_case, so GetWeather is get_weather.
    static var name: String { get }
    /// What the tool does and when to use it, for the model. Must not be empty.
    static var description: String { get }
    /// A name for people. Default nil: the name is shown.
    static var title: String? { get }
    /// Hints about what a call does to the world. Default: none given.
    static var annotations: ToolAnnotations { get }
    /// Pictures for user interfaces. Default: none.
    static var icons: [Icon] { get }
    /// Members of the definition's _meta, with reverse-DNS keys. Default: none.
    static var meta: JSONObject { get }
    /// How long answers may be kept by the host. Default nil: never.
    static var cache: CacheDeclaration? { get }
    /// Tags whose kept answers are worthless once this tool was called. Default: none.
    ///
    /// The host purges them before it gives the call's answer, whatever that is.
    static var invalidates: [String] { get }
    /// The most time a call should take. Default nil: the host's limit for the plugin.
    static var deadline: Duration? { get }
    /// Whether a call may go on as a task. Default: when it takes longer than the host lets a request wait.
    static var task: TaskSupport { get }
    /// True when calls neither block nor wait, so that they may run on the host's own thread. Default false.
    ///
    /// Saves the change of threads, the larger part of a short call's cost. A tool that says so and blocks
    /// all the same holds up other plugins.
    static var runsInline: Bool { get }

    /// Does it.
    ///
    /// Runs on the SDK's own threads, where blocking harms no other plugin; `Task {}` and `Task.detached`
    /// leave them. Cancellation and the deadline arrive as cancellation of the current task.
    ///
    /// - Throws: A ``ToolError`` reaches the model as readable text, an ``RPCError`` the client as a protocol
    ///   error. Any other error reaches the operator's log only, with an id that the model can quote.
    func call(_ input: Input, _ context: CallContext) async throws -> Output
}

extension Tool {
    /// The type's name in snake_case.
    public static var name: String { SnakeCase.name(of: Self.self) }
    /// No name for people.
    public static var title: String? { nil }
    /// No hints.
    public static var annotations: ToolAnnotations { ToolAnnotations() }
    /// No pictures.
    public static var icons: [Icon] { [] }
    /// No further members.
    public static var meta: JSONObject { [:] }
    /// Answers are not kept.
    public static var cache: CacheDeclaration? { nil }
    /// Purges nothing.
    public static var invalidates: [String] { [] }
    /// The host's limit.
    public static var deadline: Duration? { nil }
    /// A long call becomes a task.
    public static var task: TaskSupport { .whenLong }
    /// Calls run on the SDK's own threads.
    public static var runsInline: Bool { false }
}
