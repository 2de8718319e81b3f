import MCP
import PluginRuntime
import RoostJSON

/// What is wrong with the tools of a manifest.
enum ToolRulesOfManifest {
    static func findings(_ root: JSONView) -> [Finding] {
        var findings: [Finding] = []
        var seen: Set<String> = []
        for (place, tool) in (root["tools"]?.elements ?? []).enumerated() where tool.kind == .object {
            let name = tool["name"]?.string ?? ""
            let subject = name.isEmpty ? "tool \(place + 1)" : "tool \"\(name)\""
            if !ToolRules.isName(name) {
                let found =
                    tool["name"] == nil ? "it has no name" : "\"\(name)\" is none that every client takes"
                findings.append(Finding(.toolName, subject, found))
            } else if !seen.insert(name).inserted {
                findings.append(Finding(.sameName, subject, "an earlier tool has the same name"))
            }
            if tool["description"]?.string?.isEmpty ?? true {
                findings.append(
                    Finding(
                        .noDescription,
                        subject,
                        "it has no description, and a model could not know when to use it"
                    )
                )
            }
            findings += inputFindings(tool, subject)
            if let output = tool["outputSchema"] {
                findings += schemaFindings(output, subject, "outputSchema", .outputSchema)
            }
            if let fault = reservedMeta(in: tool) { findings.append(Finding(.reservedMeta, subject, fault)) }
            let annotations = tool["annotations"]
            if annotations?["readOnlyHint"]?.bool == true, annotations?["destructiveHint"]?.bool == true {
                findings.append(
                    Finding(.contradiction, subject, "readOnlyHint and destructiveHint are both true")
                )
            }
        }
        return findings
    }

    /// Why a client would leave an entry out because of its `_meta`; nil when it would not.
    static func reservedMeta(in entry: JSONView) -> String? {
        guard let meta = entry["_meta"], meta.kind == .object else { return nil }
        return MetaRules.fault(in: entry)
    }

    private static func inputFindings(_ tool: JSONView, _ subject: String) -> [Finding] {
        guard let input = tool["inputSchema"] else {
            return [Finding(.inputShape, subject, "it has no inputSchema")]
        }
        guard input.kind == .object, input["type"]?.equals("object") == true else {
            return [
                Finding(.inputShape, subject, "its inputSchema must be an object with \"type\": \"object\"")
            ]
        }
        var findings = schemaFindings(input, subject, "inputSchema", .inputSchema)
        do throws(HeaderAnnotations.Violation) { _ = try HeaderAnnotations(of: input) } catch {
            findings.append(Finding(.headers, subject, error.message))
        }
        for (key, property) in input["properties"]?.members ?? [] where property.kind == .object {
            if property["description"]?.string?.isEmpty ?? true, property["$ref"] == nil {
                findings.append(Finding(.bareProperty, subject, "the argument \"\(key)\" has no description"))
            }
            guard let value = property["default"] else { continue }
            let place = "/properties/\(JSONPointer.escape(key))"
            guard let schema = try? JSONSchema(compiling: input, at: place) else { continue }
            if let violation = schema.validate(value, named: "the default of \"\(key)\"").first {
                findings.append(Finding(.defaultValue, subject, violation.message))
            }
        }
        return findings
    }

    private static func schemaFindings(
        _ schema: JSONView,
        _ subject: String,
        _ name: String,
        _ code: FindingCode
    ) -> [Finding] {
        var findings: [Finding] = []
        do throws(SchemaError) { _ = try JSONSchema(compiling: schema) } catch {
            findings.append(Finding(code, subject, "\(name): \(error)"))
        }
        if findings.isEmpty, let dialect = schema["$schema"]?.string, !dialect.contains("draft/2020-12/") {
            findings.append(Finding(.oldDialect, subject, "\(name) is written in \(dialect)"))
        }
        return findings
    }
}
