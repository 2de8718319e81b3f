package import RoostJSON

/// What another version of a plugin serves differently, by name.
package struct ManifestDifference: Sendable, Hashable {
    /// Names that differ in one list.
    package struct Names: Sendable, Hashable {
        package var added: [String] = []
        package var removed: [String] = []
        /// Same name, another definition.
        package var changed: [String] = []

        package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
    }

    package var tools = Names()
    /// Tools whose input or output schema differs: callers may have to ask differently.
    package var schemas: [String] = []
    package var prompts = Names()
    package var resources = Names()
    package var resourceTemplates = Names()

    package var isEmpty: Bool {
        tools.isEmpty && prompts.isEmpty && resources.isEmpty && resourceTemplates.isEmpty
    }

    init(from old: PluginManifest, to new: PluginManifest) {
        tools = Self.names(
            old.tools.map { ($0.name, $0.definition) },
            new.tools.map { ($0.name, $0.definition) }
        )
        let before = Dictionary(old.tools.map { ($0.name, $0) }) { first, _ in first }
        for tool in new.tools {
            guard let other = before[tool.name] else { continue }
            let isSame =
                Self.same(tool.inputSchema, other.inputSchema)
                && Self.same(tool.outputSchema, other.outputSchema)
            if !isSame { schemas.append(tool.name) }
        }
        prompts = Self.names(old.prompts, new.prompts)
        resources = Self.names(old.resources, new.resources)
        resourceTemplates = Self.names(old.resourceTemplates, new.resourceTemplates)
    }

    private static func names(_ old: [PluginManifest.Item], _ new: [PluginManifest.Item]) -> Names {
        names(old.map { ($0.key, $0.definition) }, new.map { ($0.key, $0.definition) })
    }

    private static func names(_ old: [(String, JSONView)], _ new: [(String, JSONView)]) -> Names {
        let before = Dictionary(old) { first, _ in first }
        let after = Dictionary(new) { first, _ in first }
        return Names(
            added: new.map(\.0).filter { before[$0] == nil },
            removed: old.map(\.0).filter { after[$0] == nil },
            changed: new.filter { name, view in before[name].map { !same($0, view) } ?? false }.map(\.0)
        )
    }

    private static func same(_ one: JSONView?, _ other: JSONView?) -> Bool {
        switch (one, other) {
        case (let one?, let other?): one.bytes == other.bytes
        case (nil, nil): true
        default: false
        }
    }
}

extension ManifestDifference: CustomStringConvertible {
    /// One line: `tools +forecast -rain ~wind (schema)`; "the same lists" when nothing differs.
    package var description: String {
        let parts = [
            ("tools", tools), ("prompts", prompts), ("resources", resources),
            ("templates", resourceTemplates),
        ].compactMap { list, names -> String? in
            guard !names.isEmpty else { return nil }
            let changed = names.changed.map { name in
                list == "tools" && schemas.contains(name) ? "~\(name) (schema)" : "~\(name)"
            }
            let words = names.added.map { "+\($0)" } + names.removed.map { "-\($0)" } + changed
            return "\(list) \(words.joined(separator: " "))"
        }
        return parts.isEmpty ? "the same lists" : parts.joined(separator: ", ")
    }

    /// `{"tools":{"added":[…],"removed":[…],"changed":[…]},"schemas":[…],…}`; lists that are the same are left out.
    package var json: JSONValue {
        var object: JSONObject = [:]
        for (list, names) in [
            ("tools", tools), ("prompts", prompts), ("resources", resources),
            ("resourceTemplates", resourceTemplates),
        ] where !names.isEmpty {
            object[list] = [
                "added": .array(names.added.map { .string($0) }),
                "removed": .array(names.removed.map { .string($0) }),
                "changed": .array(names.changed.map { .string($0) }),
            ]
        }
        if !schemas.isEmpty { object["schemas"] = .array(schemas.map { .string($0) }) }
        return .object(object)
    }
}
