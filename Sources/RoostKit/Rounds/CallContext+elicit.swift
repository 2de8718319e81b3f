extension CallContext {
    /// Asks the client's user to fill in a form.
    ///
    /// ```
    /// let answer = try await context.elicit("Who are you?", as: Person.self)
    /// guard let person = answer.accepted else { return "As you like." }
    /// ```
    ///
    /// A call that asks runs in rounds: without an answer it ends here, the host asks the client, and the
    /// handler runs again from its beginning and finds the answer. Put what must happen only once into
    /// ``once(_:_:)``, and ask several things in one round with `async let`.
    ///
    /// - Parameters:
    ///   - message: What the user reads. Never ask for secrets this way.
    ///   - form: A flat ``ToolInput``: texts, numbers, booleans, choices.
    ///   - key: Names the question. Default nil: questions are numbered, which needs them asked in the same
    ///     order each time. With `async let` the order is not known, so give keys.
    /// - Returns: What the user decided; a form that was sent follows the schema.
    /// - Throws: ``RPCError`` when the client cannot show forms.
    public func elicit<Form: ToolInput>(
        _ message: String,
        as form: Form.Type,
        key: String? = nil
    ) async throws -> Elicited<Form> {
        var schema = Form.schema
        schema["additionalProperties"] = nil
        if schema["properties"] == nil { schema["properties"] = .object([:]) }
        return try ask(message, schema, key) { content in
            guard let view = try? JSONDocument(parsing: content.bytes).root else { return nil }
            return try? Form.decode(view)
        }
    }

    /// Asks the client's user to fill in a form given as JSON Schema.
    ///
    /// - Parameters:
    ///   - message: What the user reads. Never ask for secrets this way.
    ///   - schema: A flat object schema: texts, numbers, booleans, choices, lists of choices.
    ///   - key: Names the question; see ``elicit(_:as:key:)``.
    /// - Returns: What the user decided; a form that was sent follows the schema.
    /// - Throws: ``RPCError`` when the client cannot show forms.
    public func elicit(
        _ message: String,
        schema: JSONObject,
        key: String? = nil
    ) async throws -> Elicited<JSONObject> {
        try ask(message, schema, key) { $0.object }
    }

    /// Asks the client to open an address for its user, where something is settled out of the client's sight.
    ///
    /// Accepted means that the user agreed to open it, not that anything there is finished.
    ///
    /// - Parameters:
    ///   - message: What the user reads.
    ///   - url: The address. Must hold neither personal data nor credentials.
    ///   - key: Names the question; see ``elicit(_:as:key:)``.
    /// - Returns: What the user decided.
    /// - Throws: ``RPCError`` when the client cannot open addresses.
    public func elicit(_ message: String, url: String, key: String? = nil) async throws -> Elicited<Void> {
        guard clientCapabilities.hasURLElicitation else {
            throw RPCError.missingCapability(["elicitation": ["url": [:]]])
        }
        let params: JSONObject = ["mode": "url", "message": .string(message), "url": .string(url)]
        return try rounds.answer(key, InputRequest(method: "elicitation/create", params: params)) { json in
            Elicited(json) { _ in () }
        }
    }

    private func ask<Answer>(
        _ message: String,
        _ schema: JSONObject,
        _ key: String?,
        read: (JSONValue) -> Answer?
    ) throws -> Elicited<Answer> {
        guard clientCapabilities.hasFormElicitation else {
            throw RPCError.missingCapability(["elicitation": [:]])
        }
        let params: JSONObject = [
            "mode": "form", "message": .string(message), "requestedSchema": .object(schema),
        ]
        return try rounds.answer(key, InputRequest(method: "elicitation/create", params: params)) { json in
            Elicited(json) { ElicitationForm(schema: schema).accepts($0) ? read($0) : nil }
        }
    }
}
