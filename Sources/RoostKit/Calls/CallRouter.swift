/// Leads one request to the author's code and turns whatever comes of it into an outcome.
struct CallRouter: Sendable {
    let catalog: Catalog
    let host: any HostLink
    let environment: PluginEnvironment

    func serve(_ request: CallRequest) async -> CallOutcome {
        let context: CallContext
        do {
            context = try CallContext(request, host: host, environment: environment)
        } catch {
            return .error(error.bytes)
        }
        do {
            return .complete(try await result(of: request, context))
        } catch {
            return outcome(of: error, context)
        }
    }

    private func result(of request: CallRequest, _ context: CallContext) async throws -> [UInt8] {
        switch request.method {
        case "tools/call": try await callTool(request, context)
        case "prompts/get": try await getPrompt(request, context)
        case "resources/read": try await readResource(request, context)
        case "completion/complete": try await complete(request, context)
        default:
            throw RPCError(
                .methodNotFound,
                "Expected tools/call, prompts/get, resources/read or completion/complete, "
                    + "found \(request.method)."
            )
        }
    }

    private func callTool(_ request: CallRequest, _ context: CallContext) async throws -> [UInt8] {
        guard let tool = catalog.tools[request.target] else {
            throw RPCError(.invalidParams, "Unknown tool: \(request.target)")
        }
        let arguments = try CallRequest.object(request.arguments, "the arguments")
        do {
            return try await tool.run(arguments, context).bytes
        } catch  where !context.rounds.isWaiting {
            return try ToolFailure(error, of: tool.name, context).result.bytes
        }
    }

    private func getPrompt(_ request: CallRequest, _ context: CallContext) async throws -> [UInt8] {
        guard let prompt = catalog.prompts[request.target] else {
            throw RPCError(.invalidParams, "Unknown prompt: \(request.target)")
        }
        let given = try CallRequest.object(request.arguments, "the arguments").members
        let values = Dictionary(given.map { ($0.key, $0.value.string ?? "") }) { _, last in last }
        for argument in prompt.arguments where argument.isRequired && values[argument.name] == nil {
            throw RPCError(
                .invalidParams,
                "Prompt '\(prompt.name)' expects the argument '\(argument.name)', which is missing."
            )
        }
        let messages = try await prompt.write(Prompt.Arguments(values: values), context)
        var result = JSONObject()
        result["description"] = prompt.description.map(JSONValue.string)
        result["messages"] = .array(messages.map(\.json))
        return JSONValue.object(result).bytes
    }

    private func readResource(_ request: CallRequest, _ context: CallContext) async throws -> [UInt8] {
        let uri = request.target
        let contents: [ResourceContents]
        let mimeType: String?
        if let resource = catalog.resources[uri] {
            contents = try await resource.read(context)
            mimeType = resource.mimeType
        } else if let (template, variables) = catalog.template(for: uri) {
            contents = try await template.read(
                ResourceTemplate.Match(uri: uri, variables: variables),
                context
            )
            mimeType = template.mimeType
        } else {
            throw RPCError.resourceNotFound(uri)
        }
        // MCP forbids an empty answer: a resource without contents is one that is not there.
        guard !contents.isEmpty else { throw RPCError.resourceNotFound(uri) }
        let blocks = contents.map { JSONValue.object($0.json(defaultURI: uri, defaultMIMEType: mimeType)) }
        return JSONValue.object(["contents": .array(blocks)]).bytes
    }

    private func complete(_ request: CallRequest, _ context: CallContext) async throws -> [UInt8] {
        let question = try CompletionQuestion(try CallRequest.object(request.arguments, "the params"))
        let values = try await question.completer(in: catalog)?.suggest(question.question, context) ?? []
        var completion: JSONObject = [
            "values": .array(values.prefix(Completer.limit).map(JSONValue.string)),
            "total": .integer(Int64(values.count)),
        ]
        if values.count > Completer.limit { completion["hasMore"] = true }
        return JSONValue.object(["completion": .object(completion)]).bytes
    }

    private func outcome(of error: any Error, _ context: CallContext) -> CallOutcome {
        // A protocol error is final, also beside questions that are open: asking them would lead nowhere.
        if let error = error as? RPCError { return .error(error.bytes) }
        if context.rounds.isWaiting { return .inputRequired(context.rounds.bytes) }
        if error is CancellationError, context.isCancelled { return .cancelled }
        if let error = error as? ToolError {
            return .error(RPCError(.internalError, error.description).bytes)
        }
        if let error = error as? HTTPError {
            return .error(RPCError(.internalError, error.description).bytes)
        }
        let id = UnexpectedError(error).log(in: context)
        return .error(
            RPCError(.internalError, "This failed unexpectedly. Reference for the operator: \(id).").bytes
        )
    }
}
