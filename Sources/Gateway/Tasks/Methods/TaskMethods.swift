import MCP
import PluginRuntime
import RoostJSON
import WorkStore

/// tools/call for clients that know tasks, tasks/get, tasks/update and tasks/cancel (ext-tasks, draft).
struct TaskMethods: Sendable {
    let service: TaskService
    let calls: CallMethods
    let catalog: Catalog

    /// The member of `_meta` by which a client asks not to wait longer before its call becomes a task, in milliseconds.
    static let patienceKey = "roost/taskAfterMs"

    /// tools/call: a call that may become a task where the client and the tool allow it, else one as any other.
    func callTool(_ exchange: Exchange, _ endpoint: EndpointCatalog) throws(RPCError) {
        let tool = (exchange.request.params?["name"]?.string).flatMap { endpoint.tool(named: $0) }
        guard let tool, tool.hints.task != .never, let params = exchange.request.params else {
            return try calls.callTool(exchange, endpoint)
        }
        guard Self.knowsTasks(exchange.client) else {
            guard tool.hints.task == .required else { return try calls.callTool(exchange, endpoint) }
            return try refuse(exchange, tool)
        }
        let request = TaskRequest(
            endpoint: exchange.endpoint,
            version: exchange.client.version,
            params: params
        )
        let call = TaskCall(
            exchange,
            request,
            result: endpoint.modernResult,
            isRequired: tool.hints.task == .required,
            service: service,
            goOn: { [self, client = exchange.client, transport = exchange.transport] entry in
                goOn(entry, for: client, by: transport)
            }
        )
        try calls.callTool(call.makeWork(patience: patience(of: exchange, for: tool)), endpoint)
    }

    /// tasks/get.
    func get(_ exchange: Exchange, _ endpoint: EndpointCatalog) throws(RPCError) {
        try concern(exchange) { entry in
            endpoint.modernResult.complete { object in
                entry.write(to: &object, service.settings, detailed: true)
            }
        }
    }

    /// tasks/cancel: says that it was heard; a task that has ended stays as it is.
    func cancel(_ exchange: Exchange, _ endpoint: EndpointCatalog) throws(RPCError) {
        try concern(exchange) { entry in
            try await service.cancel(entry.record.id)
            return endpoint.modernResult.complete { _ in }
        }
    }

    /// tasks/update: takes answers to questions that are open, all of them or some, and passes over the others.
    func update(_ exchange: Exchange, _ endpoint: EndpointCatalog) throws(RPCError) {
        guard let responses = exchange.request.params?["inputResponses"], responses.kind == .object else {
            throw RPCError(
                .invalidParams,
                "tasks/update needs params.inputResponses, an object of answers by key"
            )
        }
        let answers = JSONValue(responses).object ?? [:]
        try concern(exchange) { entry in
            for question in entry.questions.open {
                guard let answer = answers[question.key], answer.object == nil else { continue }
                throw RPCError(
                    .invalidParams,
                    "inputResponses.\(question.key) must be a result object; found \(answer.kind)"
                )
            }
            if let next = try await service.answer(entry.record.id, answers) {
                goOn(next, for: exchange.client, by: exchange.transport)
            }
            return endpoint.modernResult.complete { _ in }
        }
    }

    /// Begins the next round of a task, as a caller that may do what the one may that brought the answers.
    private func goOn(_ entry: TaskEntry, for caller: Client, by transport: Exchange.Transport) {
        guard let request = TaskRequest(entry.record.request) else { return }
        let call = Request(id: .string(entry.record.id), method: "tools/call", params: request.params)
        var client = caller
        if let envelope = try? ModernEnvelope.read(call).accept() {
            // What the client that called can answer; it may ask about its task with less.
            client.capabilities = envelope.capabilities
            client.info = envelope.clientInfo
        }
        let run = TaskRun(entry, service: service) { [self, client] entry in
            goOn(entry, for: client, by: transport)
        }
        let work = Exchange(
            call,
            client: client,
            endpoint: request.endpoint,
            progressToken: TaskRun.progressToken,
            sink: run,
            transport: transport,
            task: TaskTerms(deadline: service.settings.deadline),
            continuation: CallContinuation(entry.questions)
        )
        run.attach(work)
        service.adopt(run)
        do throws(RPCError) {
            guard let endpoint = catalog[request.endpoint] else {
                throw RPCError(.methodNotFound, "no plugin is served at the task's address any more")
            }
            try calls.callTool(work, endpoint)
        } catch {
            work.fail(error)
        }
    }

    /// How long the client waits for its answer; nil: it gets a task at once.
    private func patience(of exchange: Exchange, for tool: CatalogTool) -> Duration? {
        let params = exchange.request.params
        let isFirstRound = params?["inputResponses"] == nil && params?["requestState"] == nil
        let comesAfterQuestions = tool.hints.taskFollowsQuestions && isFirstRound
        if tool.hints.task != .whenLong, !comesAfterQuestions { return nil }
        guard let asked = params?["_meta"]?[Self.patienceKey]?.integer, asked >= 0 else {
            return service.settings.after
        }
        return asked == 0 ? nil : min(service.settings.after, .milliseconds(asked))
    }

    /// A tool that works only in tasks was called by a client that knows none.
    private func refuse(_ exchange: Exchange, _ tool: CatalogTool) throws(RPCError) {
        let error = TaskFailure.undeclared("the tool \(tool.name)")
        guard !exchange.client.version.isModern else { throw error }
        // Older clients cannot mend it; the model can choose another tool.
        let text: JSONValue = ["type": "text", "text": .string(error.message)]
        exchange.finish(result: JSONValue.object(["content": [text], "isError": true]).bytes)
    }

    /// Answers a request about a task of its caller.
    private func concern(
        _ exchange: Exchange,
        _ answer: @escaping @Sendable (TaskEntry) async throws -> [UInt8]
    ) throws(RPCError) {
        let method = exchange.request.method
        guard Self.knowsTasks(exchange.client) else { throw TaskFailure.undeclared(method) }
        guard let id = exchange.request.params?["taskId"]?.string else {
            throw RPCError(.invalidParams, "\(method) needs params.taskId, a string")
        }
        Task {
            do {
                guard let entry = try await service.entry(id), entry.belongs(to: exchange) else {
                    return exchange.fail(TaskFailure.unknown(id))
                }
                exchange.finish(result: try await answer(entry))
            } catch let error as RPCError {
                exchange.fail(error)
            } catch {
                exchange.fail(TaskFailure.storeAway)
            }
        }
    }

    /// True when the client of this very request declared the extension.
    static func knowsTasks(_ client: Client) -> Bool {
        client.version.isModern && client.capabilities.declares(extension: ExtensionID.tasks)
    }
}
