import Gateway
import RoostJSON

/// A valid input for this host, for messages.
enum JobExample {
    /// A call of the first tool of a plugin, with a value for every argument it needs; a plain message when there is no tool.
    static func text(_ gateway: Gateway, server: String?, for grants: Grants) -> String {
        for alias in [server].compactMap({ $0 }) + gateway.catalog.aliases {
            guard let catalog = gateway.catalog.view(of: .plugin(alias), for: grants),
                let first = catalog.tools.first, let tool = try? JSONDocument(parsing: first).root,
                let name = tool["name"]?.string
            else { continue }
            var arguments: JSONObject = [:]
            for key in tool["inputSchema"]?["required"]?.elements.compactMap(\.string) ?? [] {
                arguments[key] = value(tool["inputSchema"]?["properties"]?[key])
            }
            let example: JSONObject = [
                "server": .string(alias), "tool": .string(name), "arguments": .object(arguments),
            ]
            return JSONValue.object(["input": .object(example)]).text
        }
        return #"{"input":{"jsonrpc":"2.0","id":1,"method":"tools/list"}}"#
    }

    private static func value(_ schema: JSONView?) -> JSONValue {
        if let first = schema?["enum"]?.elements.first { return JSONValue(first) }
        return switch schema?["type"]?.string {
        case "integer", "number": 1
        case "boolean": true
        case "array": []
        case "object": [:]
        default: "…"
        }
    }
}
