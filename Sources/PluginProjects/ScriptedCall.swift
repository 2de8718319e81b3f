package import RoostJSON

/// One call of a script: what to ask, and what must come of it.
package struct ScriptedCall: Sendable {
    /// What the call shows, for people.
    ///
    /// Default: the tool's name.
    package let name: String
    package let tool: String
    package let arguments: JSONObject
    /// Answers to the questions of the tool, by the question's key, as MCP shapes them.
    ///
    /// Default: none.
    package let answers: JSONObject
    /// What the client says it can do, as MCP shapes it.
    ///
    /// Default: forms when there are answers, else nothing.
    package let capabilities: JSONObject
    package let expectation: Expectation

    /// What must come of a call.
    package enum Expectation: Sendable {
        /// Part of the result object.
        case result(JSONValue)
        /// Part of the error object.
        case error(JSONValue)
    }

    init(_ value: JSONValue) throws(CallScript.Fault) {
        guard let members = value.object else {
            throw CallScript.Fault(description: "expected an object, found \(value.kind)")
        }
        let known = ["name", "tool", "arguments", "answers", "capabilities", "expect", "expectError"]
        if let stray = members.keys.first(where: { !known.contains($0) }) {
            throw CallScript.Fault(
                description: "expected the members \(known.joined(separator: ", ")), found '\(stray)'"
            )
        }
        guard let tool = members["tool"]?.string else {
            throw CallScript.Fault(description: "expected the name of a tool under 'tool'")
        }
        self.tool = tool
        name = members["name"]?.string ?? tool
        arguments = try Self.object("arguments", of: members)
        answers = try Self.object("answers", of: members)
        let abilities = try Self.object("capabilities", of: members)
        capabilities =
            members["capabilities"] == nil && !answers.isEmpty ? ["elicitation": ["form": [:]]] : abilities
        switch (members["expect"], members["expectError"]) {
        case (let result?, nil): expectation = .result(result)
        case (nil, let error?): expectation = .error(error)
        default:
            throw CallScript.Fault(
                description:
                    "expected either 'expect' with part of the result or 'expectError' with part of the error"
            )
        }
    }

    /// The answers to those of a result's questions that the script knows; nil when the result asks none, or none it knows.
    package func responses(to result: JSONValue) -> JSONObject? {
        var responses: JSONObject = [:]
        for key in result["inputRequests"]?.object?.keys ?? [] { responses[key] = answers[key] }
        return responses.isEmpty ? nil : responses
    }

    /// What is wrong with the outcome of the call; nil when it is what was expected.
    package func fault(in outcome: Outcome) -> String? {
        switch (expectation, outcome) {
        case (.result(let expected), .result(let found)):
            JSONPattern(expected).difference(from: found).map { "in the result \($0)" }
        case (.error(let expected), .error(let found)):
            JSONPattern(expected).difference(from: found).map { "in the error \($0)" }
        case (.result, .error(let found)): "expected a result, found the error \(found.text)"
        case (.error, .result(let found)): "expected an error, found the result \(found.text)"
        }
    }

    /// What came of a call.
    package enum Outcome: Sendable {
        case result(JSONValue)
        case error(JSONValue)
    }

    private static func object(_ key: String, of members: JSONObject) throws(CallScript.Fault) -> JSONObject {
        guard let value = members[key] else { return [:] }
        guard let object = value.object else {
            throw CallScript.Fault(description: "expected an object under '\(key)', found \(value.kind)")
        }
        return object
    }
}
