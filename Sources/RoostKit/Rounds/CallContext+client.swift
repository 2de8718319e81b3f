extension CallContext {
    /// Asks the client's model something.
    ///
    /// A call that asks runs in rounds; see ``elicit(_:as:key:)``.
    ///
    /// - Parameters:
    ///   - request: The conversation and its limits.
    ///   - key: Names the question. Default nil: questions are numbered.
    /// - Returns: What the model said.
    /// - Throws: ``RPCError`` when the client does not let servers ask its model.
    public func sample(_ request: SamplingRequest, key: String? = nil) async throws -> SamplingAnswer {
        guard clientCapabilities.hasSampling else { throw RPCError.missingCapability(["sampling": [:]]) }
        return try rounds.answer(
            key,
            InputRequest(method: "sampling/createMessage", params: request.json),
            read: SamplingAnswer.init
        )
    }

    /// Asks the client for the folders it works in.
    ///
    /// A call that asks runs in rounds; see ``elicit(_:as:key:)``.
    ///
    /// - Parameter key: Names the question. Default nil: questions are numbered.
    /// - Returns: The folders in the client's order; perhaps none.
    /// - Throws: ``RPCError`` when the client has no such folders.
    public func roots(key: String? = nil) async throws -> [Root] {
        guard clientCapabilities.hasRoots else { throw RPCError.missingCapability(["roots": [:]]) }
        return try rounds.answer(key, InputRequest(method: "roots/list", params: [:])) { json in
            guard let roots = json["roots"]?.array else { return nil }
            let read = roots.compactMap(Root.init)
            return read.count == roots.count ? read : nil
        }
    }

    /// Does something once, although the handler runs again after every question.
    ///
    /// The result travels in the call's sealed state, so keep it small. A step that throws is done again.
    ///
    /// - Parameters:
    ///   - step: Names the step; unique within the handler.
    ///   - body: What to do.
    /// - Returns: What the step returned when it was done.
    /// - Throws: What the step throws, or an encoding error when its result is not one that was encoded
    ///   before.
    public func once<Result: Codable & Sendable>(
        _ step: String,
        _ body: () async throws -> Result
    ) async throws -> Result {
        if let known = rounds.result(of: step) {
            return try OutputCoding.decode(Result.self, from: known.bytes)
        }
        let result = try await body()
        rounds.remember(try JSONValue(parsing: OutputCoding.encode(result)), of: step)
        return result
    }
}
