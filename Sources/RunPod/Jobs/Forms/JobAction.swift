import RoostJSON

/// An action of the original platform as a call of a tool.
///
/// An action is the tool of that name, with the other members of the input as its arguments; two actions have another name
/// and other arguments here.
struct JobAction: Sendable {
    /// By the plugin's own name.
    var tool: String
    var arguments: JSONObject

    /// - Parameters:
    ///   - action: The action's name.
    ///   - input: The whole input.
    ///   - hasTool: Whether the plugin has a tool, by its own name.
    init?(_ action: String, input: JSONView, hasTool: (String) -> Bool) {
        var rest: JSONObject = [:]
        for member in input.members where !["action", "server"].contains(member.key) {
            rest[member.key] = JSONValue(member.value)
        }
        if hasTool(action) {
            tool = action
            arguments = rest
        } else if action == "resolve_library", hasTool("resolve-library-id") {
            tool = "resolve-library-id"
            arguments = Self.resolving(rest)
        } else if action == "get_docs", hasTool("get-library-docs") {
            tool = "get-library-docs"
            arguments = Self.getting(rest)
        } else {
            return nil
        }
    }

    /// Members with no other name here go along, so that the tool's own schema speaks of what it does not know.
    private static func resolving(_ input: JSONObject) -> JSONObject {
        var arguments: JSONObject = [:]
        arguments["libraryName"] = input["library_name"]
        arguments["query"] = input["query"] ?? input["library_name"]
        for (key, value) in input.members where !["library_name", "query"].contains(key) {
            arguments[key] = value
        }
        return arguments
    }

    private static func getting(_ input: JSONObject) -> JSONObject {
        var arguments: JSONObject = [:]
        arguments["context7CompatibleLibraryID"] = input["library_id"]
        arguments["topic"] = input["topic"]
        arguments["tokens"] = input["tokens"] ?? input["max_tokens"] ?? 5_000
        for (key, value) in input.members
        where !["library_id", "topic", "tokens", "max_tokens"].contains(key) {
            arguments[key] = value
        }
        return arguments
    }
}
