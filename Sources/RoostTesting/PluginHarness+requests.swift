public import RoostKit

extension PluginHarness {
    /// Calls a tool to its end.
    ///
    /// - Parameters:
    ///   - name: The tool.
    ///   - arguments: Its arguments. They are not validated against the schema: that is the host's work.
    ///   - client: Speaks for this call instead of the harness's.
    ///   - answer: Answers one question of the tool; nil leaves it open.
    /// - Returns: What the tool answered in its last round.
    /// - Throws: As ``request(_:_:_:client:answering:)``. A tool error is a result, not an error.
    public func callTool(
        _ name: String,
        _ arguments: JSONObject = [:],
        client: TestClient? = nil,
        answering answer: @Sendable (InputQuestion) throws -> JSONValue? = { _ in nil }
    ) async throws -> ToolCallResult {
        ToolCallResult(
            json: try await request("tools/call", name, arguments, client: client, answering: answer)
        )
    }

    /// Reads a resource and returns its contents as MCP shapes them.
    public func readResource(_ uri: String) async throws -> [JSONValue] {
        try await request("resources/read", uri)["contents"]?.array ?? []
    }

    /// Gets a prompt and returns its messages as MCP shapes them.
    public func getPrompt(
        _ name: String,
        _ arguments: [String: String] = [:],
        answering answer: @Sendable (InputQuestion) throws -> JSONValue? = { _ in nil }
    ) async throws -> [JSONValue] {
        let given = JSONObject(arguments.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        return try await request("prompts/get", name, given, answering: answer)["messages"]?.array ?? []
    }

    /// Asks for suggestions for an argument of a prompt.
    public func complete(
        prompt: String,
        argument: String,
        value: String,
        others: [String: String] = [:]
    ) async throws -> [String] {
        try await complete(["type": "ref/prompt", "name": .string(prompt)], prompt, argument, value, others)
    }

    /// Asks for suggestions for a variable of a resource template.
    public func complete(
        template: String,
        variable: String,
        value: String,
        others: [String: String] = [:]
    ) async throws -> [String] {
        try await complete(
            ["type": "ref/resource", "uri": .string(template)],
            template,
            variable,
            value,
            others
        )
    }

    private func complete(
        _ reference: JSONValue,
        _ target: String,
        _ argument: String,
        _ value: String,
        _ others: [String: String]
    ) async throws -> [String] {
        let known = JSONObject(others.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        let result = try await request(
            "completion/complete",
            target,
            [
                "ref": reference, "argument": ["name": .string(argument), "value": .string(value)],
                "context": ["arguments": .object(known)],
            ]
        )
        return result["completion"]?["values"]?.array?.compactMap(\.string) ?? []
    }

    /// Waits until the plugin has said this often that its lists changed.
    ///
    /// - Throws: ``HarnessError`` when it did not within the limit.
    public func manifestChanges(reach count: Int, within limit: Duration = .seconds(30)) async throws {
        try await wait(within: limit, "\(count) changes of the manifest") { $0.manifestChanges >= count }
    }

    /// Waits until the plugin has logged a line that fits, and returns it.
    ///
    /// - Throws: ``HarnessError`` when it did not within the limit.
    @discardableResult
    public func log(
        within limit: Duration = .seconds(30),
        where fits: @escaping @Sendable (LogLine) -> Bool
    ) async throws -> LogLine {
        try await wait(within: limit, "a log line that fits") { $0.logs.contains(where: fits) }
        guard let line = logs.first(where: fits) else {
            throw HarnessError("A log line that was there is gone.")
        }
        return line
    }
}
