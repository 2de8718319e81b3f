import PluginRuntime
import RoostJSON

/// What a manifest declares beside tools has no schema: here is what MCP and the host let through, as one.
extension FuzzTarget {
    /// Everything that a plugin serves, in the order of its manifest.
    static func all(of manifest: PluginManifest, seed: UInt64, isBound: Bool) -> [FuzzTarget] {
        func target(_ kind: FuzzSubject.Kind, _ name: String, _ schema: JSONValue) -> FuzzTarget {
            FuzzTarget(FuzzSubject(kind, name), schema, seed: seed, isBound: isBound)
        }
        var targets = manifest.tools.map { FuzzTarget($0, seed: seed, isBound: isBound) }
        var completions: [FuzzTarget] = []
        targets += manifest.resources.map { target(.resource, $0.key, object([])) }
        for template in manifest.resourceTemplates {
            let variables = TemplateExpansion(template.key).variables
            targets.append(target(.template, template.key, object(variables, longest: 2_000)))
            let reference: JSONValue = ["type": "ref/resource", "uri": .string(template.key)]
            guard manifest.completes, !variables.isEmpty else { continue }
            completions.append(target(.completion, template.key, completion(reference, variables)))
        }
        for prompt in manifest.prompts {
            let declared = JSONValue(prompt.definition)["arguments"]?.array ?? []
            let names = declared.compactMap { $0["name"]?.string }
            targets.append(target(.prompt, prompt.key, object(names, takesOthers: true)))
            let reference: JSONValue = ["type": "ref/prompt", "name": .string(prompt.key)]
            guard manifest.completes, !names.isEmpty else { continue }
            completions.append(target(.completion, prompt.key, completion(reference, names)))
        }
        return targets + completions
    }

    /// Texts by name.
    ///
    /// The host hands on a prompt whose required arguments are missing and one with others than it declares: so nothing is
    /// required, and others may be there.
    private static func object(
        _ names: [String],
        longest: Int64 = 100_000,
        takesOthers: Bool = false
    ) -> JSONValue {
        let text: JSONValue = ["type": "string", "maxLength": .integer(longest)]
        var properties: JSONObject = [:]
        for name in names { properties[name] = text }
        return [
            "type": "object", "properties": .object(properties),
            "additionalProperties": takesOthers ? text : false,
        ]
    }

    private static func completion(_ reference: JSONValue, _ names: [String]) -> JSONValue {
        [
            "type": "object", "required": ["ref", "argument"], "additionalProperties": false,
            "properties": [
                "ref": ["const": reference],
                "argument": [
                    "type": "object", "required": ["name", "value"], "additionalProperties": false,
                    "properties": [
                        "name": ["enum": .array(names.map { .string($0) })], "value": ["type": "string"],
                    ],
                ],
                "context": [
                    "type": "object", "additionalProperties": false,
                    "properties": ["arguments": object(names, takesOthers: true)],
                ],
            ],
        ]
    }
}
