package import RoostJSON

extension YAMLNode {
    /// The value as JSON: plain scalars as YAML 1.2 means them, of a key that stands twice the first value.
    ///
    /// A key that is no text is left out. Members of `<<` stand behind those of the mapping itself, which win.
    package var json: JSONValue {
        switch content {
        case .scalar(let scalar):
            return scalar.isText ? .string(scalar.text) : YAMLScalar.value(ofPlain: scalar.text)
        case .sequence(let elements): return .array(elements.map(\.json))
        case .mapping: return .object(JSONObject(merged().map { ($0.key, $0.value.json) }))
        }
    }

    /// The value under a key, as ``json`` takes it, and the key itself; nil when there is none.
    package func member(_ key: String) -> (key: YAMLNode, value: YAMLNode)? {
        mapping?.first { $0.key.scalar?.text == key }
    }

    /// The members of a mapping by their names, those it merges in at the end.
    private func merged() -> [(key: String, value: YAMLNode)] {
        var names: Set<String> = []
        var result: [(key: String, value: YAMLNode)] = []
        var others: [YAMLNode] = []
        for (key, value) in mapping ?? [] {
            guard let scalar = key.scalar else { continue }
            if scalar.text == "<<", !scalar.isText {
                others += value.sequence ?? [value]
            } else if names.insert(scalar.text).inserted {
                result.append((scalar.text, value))
            }
        }
        for (key, value) in others.flatMap({ $0.merged() }) where names.insert(key).inserted {
            result.append((key, value))
        }
        return result
    }
}
