public import RoostKit

/// Runs a plugin inside a test, through the same C table that a host calls, without building or loading a
/// library.
///
/// ```
/// @Test("the forecast names the city") func forecast() async throws {
///     try await withPlugin(Weather.self) { weather in
///         let result = try await weather.callTool("forecast", ["city": "Oslo"])
///         #expect(result.text.contains("Oslo"))
///     }
/// }
/// ```
///
/// Prefer withPlugin, which stops the plugin and checks that it behaved. Time stands still for deadlines:
/// none passes until the test says so with ``HarnessCall/passDeadline()``. May be used from several tasks.
public final class PluginHarness: Sendable {
    /// What the calls say about their client.
    public let client: TestClient
    /// The directory the plugin sees as its own.
    public let dataDirectory: String

    private let table: PluginTable
    private let recorder: HostRecorder
    private let directory: DataDirectory
    private let http: HTTPStand

    /// Makes and starts a plugin.
    ///
    /// - Parameters:
    ///   - type: The plugin.
    ///   - config: Its configuration. Default: an empty object.
    ///   - client: What calls say about their client. Default: one that can do everything.
    ///   - dataDirectory: An existing directory that is left alone afterwards. Default nil: a new one that is
    ///     removed.
    ///   - http: Answers the plugin's HTTP requests. Default nil: they are refused.
    /// - Throws: ``HarnessError`` with the plugin's own words when it cannot be made or does not start.
    public convenience init<P: Plugin>(
        _ type: P.Type,
        config: JSONValue = [:],
        client: TestClient = TestClient(),
        dataDirectory: String? = nil,
        http: (@Sendable (HTTPRequest) async throws -> HTTPResponse)? = nil
    ) async throws {
        try await self.init(config, client, dataDirectory, HTTPStand(http)) { _ in P() }
    }

    /// Makes and starts a plugin that is made from its environment.
    ///
    /// - Parameters:
    ///   - type: The plugin.
    ///   - config: Its configuration. Default: an empty object.
    ///   - client: What calls say about their client. Default: one that can do everything.
    ///   - dataDirectory: An existing directory that is left alone afterwards. Default nil: a new one that is
    ///     removed.
    ///   - http: Answers the plugin's HTTP requests. Default nil: they are refused.
    /// - Throws: ``HarnessError`` with the plugin's own words when it cannot be made or does not start.
    public convenience init<P: ConfiguredPlugin>(
        _ type: P.Type,
        config: JSONValue = [:],
        client: TestClient = TestClient(),
        dataDirectory: String? = nil,
        http: (@Sendable (HTTPRequest) async throws -> HTTPResponse)? = nil
    ) async throws {
        try await self.init(config, client, dataDirectory, HTTPStand(http)) { try P($0) }
    }

    private init(
        _ config: JSONValue,
        _ client: TestClient,
        _ dataDirectory: String?,
        _ http: HTTPStand,
        _ build: @Sendable (PluginEnvironment) throws -> any PluginContents
    ) async throws {
        self.client = client
        directory = try DataDirectory(dataDirectory)
        self.dataDirectory = directory.path
        recorder = HostRecorder()
        self.http = http
        let host = TestHost(recorder, dataDirectory: directory.path, http: http)
        guard let table = PluginTable(host, config: config, build) else {
            throw HarnessError("The plugin could not be made. \(recorder.words)")
        }
        self.table = table
        guard !table.manifest.isEmpty else {
            throw HarnessError("The plugin has no manifest. \(recorder.words)")
        }
        guard await table.start() else { throw HarnessError("The plugin did not start. \(recorder.words)") }
    }

    /// What the plugin serves, as the host reads it.
    ///
    /// Read anew each time.
    public var manifest: JSONValue { get throws { try JSONValue(parsing: table.manifest) } }

    /// Every line the plugin logged, inside and outside of calls, in order.
    public var logs: [LogLine] { recorder.record.logs }

    /// How often the plugin said that its lists changed.
    public var manifestChanges: Int { recorder.record.manifestChanges }

    /// The URIs of resources that the plugin said were updated, in order.
    public var updatedResources: [String] { recorder.record.updatedResources }

    /// What the plugin did against the contract, in sentences: a second completion, JSON that is none.
    public var faults: [String] { recorder.record.faults }

    /// Every HTTP request the plugin sent, in order.
    public var httpRequests: [HTTPRequest] { http.requests }

    /// How many calls have begun and not ended.
    public var openCalls: Int { recorder.record.openCalls }

    /// Begins one request and returns at once.
    ///
    /// - Parameters:
    ///   - method: tools/call, resources/read, prompts/get or completion/complete.
    ///   - target: The tool's or prompt's name, or the resource's URI.
    ///   - arguments: The arguments, or for completion/complete the params.
    ///   - client: Speaks for this call instead of ``client``.
    ///   - deadline: The time the plugin is told it has. It does not pass by itself. Default nil: none.
    ///   - answers: Answers by key, from the second round on.
    ///   - state: What the round before gave as its state.
    /// - Returns: The call, which may have ended already.
    public func begin(
        _ method: String,
        _ target: String,
        _ arguments: JSONObject = [:],
        client: TestClient? = nil,
        deadline: Duration? = nil,
        answers: JSONObject = [:],
        state: String? = nil
    ) -> HarnessCall {
        let client = client ?? self.client
        let id = recorder.open(logLevel: client.logLevel)
        table.call(
            id,
            LentRequest.Contents(
                method: method,
                target: target,
                arguments: JSONValue.object(arguments).bytes,
                inputResponses: answers.isEmpty ? [] : JSONValue.object(answers).bytes,
                state: Array((state ?? "").utf8),
                context: client.context.bytes,
                deadline: deadline,
                wantsProgress: client.wantsProgress
            )
        )
        return HarnessCall(id: id, table: table, recorder: recorder)
    }

    /// Serves one request to its end, asking `answer` whenever the plugin asks its client.
    ///
    /// - Parameters:
    ///   - method: tools/call, resources/read, prompts/get or completion/complete.
    ///   - target: The tool's or prompt's name, or the resource's URI.
    ///   - arguments: The arguments, or for completion/complete the params.
    ///   - client: Speaks for this call instead of ``client``.
    ///   - answer: Answers one question; nil leaves it open. Default: nothing is answered.
    /// - Returns: The result object.
    /// - Throws: RPCError from the plugin, CancellationError when the plugin gave up, ``HarnessError``
    ///   when questions stay open, when there are more than ten rounds, or when no answer comes within 30
    ///   seconds.
    public func request(
        _ method: String,
        _ target: String,
        _ arguments: JSONObject = [:],
        client: TestClient? = nil,
        answering answer: @Sendable (InputQuestion) throws -> JSONValue? = { _ in nil }
    ) async throws -> JSONValue {
        var answers = JSONObject()
        var state: String?
        for _ in 1...10 {
            let call = begin(method, target, arguments, client: client, answers: answers, state: state)
            switch try await call.outcome() {
            case .complete(let result): return result
            case .error(let error): throw error
            case .cancelled: throw CancellationError()
            case .inputRequired(let round):
                answers = JSONObject()
                for question in round.questions { answers[question.key] = try answer(question) }
                guard !answers.isEmpty else {
                    let open = round.questions.map(\.key).joined(separator: ", ")
                    throw HarnessError(
                        "Expected an answer to one of \(open), found none. Give one in `answering`."
                    )
                }
                state = round.state
            }
        }
        throw HarnessError("Expected \(target) to end within ten rounds, found that it asks again.")
    }

    /// The plugin's state as a reload would take it to the next version.
    ///
    /// - Throws: ``HarnessError`` when the plugin is no StatefulPlugin, has open calls, or does not export.
    public func exportState() async throws -> [UInt8] {
        guard openCalls == 0 else {
            throw HarnessError("Expected no open call when the state is exported, found \(openCalls).")
        }
        guard let state = await table.exportState() else {
            throw HarnessError("The plugin gave no state. \(recorder.words)")
        }
        return state
    }

    /// Gives the plugin a state that ``exportState()`` of another harness returned, as a reload does before the first call.
    ///
    /// - Throws: ``HarnessError`` when the plugin is no StatefulPlugin or does not take the state.
    public func importState(_ state: [UInt8]) async throws {
        guard await table.importState(state) else {
            throw HarnessError("The plugin did not take the state. \(recorder.words)")
        }
    }

    /// Stops the plugin, takes it down, and checks that it behaved.
    ///
    /// - Throws: ``HarnessError`` when calls were still open or the plugin acted against the contract.
    public func stop() async throws {
        let open = openCalls
        http.cancelAll(of: 0)
        await table.stop()
        directory.remove()
        guard open == 0 else {
            throw HarnessError("Expected no open call when the plugin stops, found \(open).")
        }
        guard faults.isEmpty else { throw HarnessError(faults.joined(separator: "\n")) }
    }

    /// Waits until something holds of what the plugin reported so far; checked after every report.
    func wait(
        within limit: Duration,
        _ what: String,
        until holds: @escaping @Sendable (HostRecord) -> Bool
    ) async throws {
        try await recorder.wait(within: limit, what, until: holds)
    }
}
