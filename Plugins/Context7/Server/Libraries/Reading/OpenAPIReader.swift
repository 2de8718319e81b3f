import RoostJSON

/// What an OpenAPI description says, for people: a section for each operation and each schema.
struct OpenAPIReader {
    private static let methods = ["get", "put", "post", "delete", "patch", "options", "head", "trace"]

    private let description: OpenAPIDescription

    init(_ description: OpenAPIDescription) { self.description = description }

    /// The whole description; nothing of it stands in the file as it is told here.
    var blocks: [Block] {
        sections.map { block in
            var block = block
            block.isVerbatim = false
            return block
        }
    }

    private var sections: [Block] {
        let root = description.root
        let info = root["info"]
        var blocks = [Block(.heading(level: 1), description.title)]
        var about = info?["description"]?.string ?? ""
        let servers = (root["servers"]?.array ?? []).compactMap { $0["url"]?.string }
        if !servers.isEmpty { about += "\n\nServers: \(servers.joined(separator: ", "))" }
        about += "\n\nVersion \(description.version ?? "unknown"), OpenAPI \(description.form)."
        blocks.append(Block(.prose, about.trimmed, line: description.line(of: ["info"])))
        for (path, item) in root["paths"]?.object?.members ?? [] {
            for method in Self.methods {
                guard let operation = item[method]?.object else { continue }
                let shared = item["parameters"]?.array ?? []
                let line = description.line(of: ["paths", path, method])
                blocks += self.operation(method.uppercased(), path, operation, shared, line: line)
            }
        }
        let place = root["definitions"] == nil ? ["components", "schemas"] : ["definitions"]
        let schemas = place.reduce(root) { $0?[$1] }?.object
        for (name, schema) in schemas?.members ?? [] {
            blocks.append(Block(.heading(level: 2), "Schema \(name)"))
            let lines = [schema["description"]?.string].compactMap { $0 } + properties(of: schema)
            let text = lines.isEmpty ? "Type: \(type(of: schema))" : lines.joined(separator: "\n")
            blocks.append(Block(.prose, text, line: description.line(of: place + [name])))
        }
        return blocks
    }

    private func operation(
        _ method: String,
        _ path: String,
        _ operation: JSONObject,
        _ shared: [JSONValue],
        line: Int
    ) -> [Block] {
        let summary = operation["summary"]?.string ?? operation["operationId"]?.string
        var blocks = [
            Block(.heading(level: 2), summary.map { "\($0): \(method) \(path)" } ?? "\(method) \(path)")
        ]
        var lines: [String] = []
        if let text = operation["description"]?.string { lines += [text, ""] }
        let parameters = (shared + (operation["parameters"]?.array ?? [])).map(description.resolved)
        if !parameters.isEmpty { lines.append("Parameters:") }
        for parameter in parameters {
            let place = parameter["in"]?.string ?? ""
            let need = parameter["required"]?.bool == true ? "required" : "optional"
            let type = type(of: parameter["schema"] ?? parameter)
            let text = parameter["description"]?.string.map { ": \($0)" } ?? ""
            lines.append("- `\(parameter["name"]?.string ?? "")` (\(place), \(type), \(need))\(text)")
        }
        if let body = operation["requestBody"].map(description.resolved) {
            lines.append("Body: \(body["description"]?.string ?? "")".trimmed)
            for (kind, media) in body["content"]?.object?.members ?? [] {
                lines.append("- \(kind): \(type(of: media["schema"] ?? [:]))")
                lines += properties(of: description.resolved(media["schema"] ?? [:])).map { "  \($0)" }
            }
        }
        lines.append("Responses:")
        var examples: [Block] = []
        for (status, response) in operation["responses"]?.object?.members ?? [] {
            let response = description.resolved(response)
            lines.append("- \(status): \(response["description"]?.string ?? "")")
            for (kind, media) in response["content"]?.object?.members ?? [] where status.hasPrefix("2") {
                guard let example = media["example"] else { continue }
                let language = kind.contains("json") ? "json" : ""
                examples.append(Block(.code(language: language), example.string ?? example.text, line: line))
            }
        }
        blocks.append(Block(.prose, lines.joined(separator: "\n"), line: line))
        return blocks + examples
    }

    private func properties(of schema: JSONValue) -> [String] {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        return (schema["properties"]?.object?.members ?? []).map { name, property in
            let target = description.resolved(property)
            let text = (property["description"] ?? target["description"])?.string.map { ": \($0)" } ?? ""
            let need = required.contains(name) ? ", required" : ""
            return "- `\(name)` (\(type(of: property))\(need))\(text)"
        }
    }

    private func type(of schema: JSONValue) -> String {
        if let name = schema["$ref"]?.string?.split(separator: "/").last { return String(name) }
        if let values = schema["enum"]?.array {
            return values.map { $0.string ?? $0.text }.joined(separator: " | ")
        }
        for key in ["oneOf", "anyOf"] {
            guard let choices = schema[key]?.array, !choices.isEmpty else { continue }
            return choices.map { type(of: $0) }.joined(separator: " | ")
        }
        if schema["type"]?.string == "array" {
            return "array of \(type(of: schema["items"] ?? [:]))"
        }
        // Since OpenAPI 3.1 a value may be of several types.
        let types = schema["type"]?.array?.compactMap(\.string) ?? []
        return types.isEmpty ? schema["type"]?.string ?? "any" : types.joined(separator: " | ")
    }
}
