import RoostJSON

/// OpenAPI 3 and Swagger 2 descriptions in JSON: a section for each operation and each schema.
enum OpenAPIReader {
    private static let methods = ["get", "put", "post", "delete", "patch", "options", "head", "trace"]

    /// Nil when the text is no such description.
    static func read(_ text: String) -> (blocks: [Block], title: String)? {
        guard text.contains("\"openapi\"") || text.contains("\"swagger\""),
            let root = try? JSONValue(parsing: text), let info = root["info"]?.object,
            let version = root["openapi"]?.string ?? root["swagger"]?.string
        else { return nil }
        let title = info["title"]?.string ?? "API"
        var blocks = [Block(.heading(level: 1), title)]
        var about = info["description"]?.string ?? ""
        let servers = (root["servers"]?.array ?? []).compactMap { $0["url"]?.string }
        if !servers.isEmpty { about += "\n\nServers: \(servers.joined(separator: ", "))" }
        about += "\n\nVersion \(info["version"]?.string ?? "unknown"), OpenAPI \(version)."
        blocks.append(Block(.prose, about.trimmed))
        for (path, item) in root["paths"]?.object?.members ?? [] {
            for method in methods {
                guard let operation = item[method]?.object else { continue }
                let shared = item["parameters"]?.array ?? []
                blocks += Self.operation(method.uppercased(), path, operation, shared, in: root)
            }
        }
        let schemas = root["components"]?["schemas"]?.object ?? root["definitions"]?.object
        for (name, schema) in schemas?.members ?? [] {
            blocks.append(Block(.heading(level: 2), "Schema \(name)"))
            let lines = [schema["description"]?.string].compactMap { $0 } + properties(of: schema, in: root)
            blocks.append(Block(.prose, lines.joined(separator: "\n")))
        }
        return (blocks, title)
    }

    private static func operation(
        _ method: String,
        _ path: String,
        _ operation: JSONObject,
        _ shared: [JSONValue],
        in root: JSONValue
    ) -> [Block] {
        let summary = operation["summary"]?.string ?? operation["operationId"]?.string
        var blocks = [
            Block(.heading(level: 2), summary.map { "\($0): \(method) \(path)" } ?? "\(method) \(path)")
        ]
        var lines: [String] = []
        if let text = operation["description"]?.string { lines += [text, ""] }
        let parameters = (shared + (operation["parameters"]?.array ?? [])).map { resolved($0, in: root) }
        if !parameters.isEmpty { lines.append("Parameters:") }
        for parameter in parameters {
            let place = parameter["in"]?.string ?? ""
            let need = parameter["required"]?.bool == true ? "required" : "optional"
            let type = type(of: parameter["schema"] ?? parameter, in: root)
            let text = parameter["description"]?.string.map { ": \($0)" } ?? ""
            lines.append("- `\(parameter["name"]?.string ?? "")` (\(place), \(type), \(need))\(text)")
        }
        if let body = operation["requestBody"].map({ resolved($0, in: root) }) {
            lines.append("Body: \(body["description"]?.string ?? "")")
            for (kind, media) in body["content"]?.object?.members ?? [] {
                lines.append("- \(kind): \(type(of: media["schema"] ?? [:], in: root))")
                lines += properties(of: resolved(media["schema"] ?? [:], in: root), in: root).map {
                    "  \($0)"
                }
            }
        }
        lines.append("Responses:")
        var examples: [Block] = []
        for (status, response) in operation["responses"]?.object?.members ?? [] {
            let response = resolved(response, in: root)
            lines.append("- \(status): \(response["description"]?.string ?? "")")
            for (kind, media) in response["content"]?.object?.members ?? [] where status.hasPrefix("2") {
                guard let example = media["example"] else { continue }
                let language = kind.contains("json") ? "json" : ""
                examples.append(Block(.code(language: language), example.string ?? example.text))
            }
        }
        blocks.append(Block(.prose, lines.joined(separator: "\n")))
        return blocks + examples
    }

    private static func properties(of schema: JSONValue, in root: JSONValue) -> [String] {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        return (schema["properties"]?.object?.members ?? []).map { name, property in
            let target = resolved(property, in: root)
            let text = (property["description"] ?? target["description"])?.string.map { ": \($0)" } ?? ""
            let need = required.contains(name) ? ", required" : ""
            return "- `\(name)` (\(type(of: property, in: root))\(need))\(text)"
        }
    }

    private static func type(of schema: JSONValue, in root: JSONValue) -> String {
        if let name = schema["$ref"]?.string?.split(separator: "/").last { return String(name) }
        if let values = schema["enum"]?.array {
            return values.map { $0.string ?? $0.text }.joined(separator: " | ")
        }
        if schema["type"]?.string == "array" {
            return "array of \(type(of: schema["items"] ?? [:], in: root))"
        }
        return schema["type"]?.string ?? "any"
    }

    /// Follows one reference inside of the description.
    private static func resolved(_ value: JSONValue, in root: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.string, reference.hasPrefix("#/") else { return value }
        var place: JSONValue? = root
        for part in reference.dropFirst(2).split(separator: "/") {
            let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            place = place?[name]
        }
        return place ?? value
    }
}
