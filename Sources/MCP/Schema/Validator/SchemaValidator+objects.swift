import RoostJSON

/// Rules about objects. Every one of them is called with an object.
extension SchemaValidator {
    mutating func evaluateObject(
        _ rule: SchemaRule,
        _ node: SchemaNode,
        _ view: JSONView,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch rule {
        case .members(let rules): return evaluateMembers(rules, node, view, &evaluated)
        case .names(let names):
            return all(view.memberViews) { validator, member in validator.descend(names, member.key) }
        case .required(let keys):
            return all(keys) { validator, key in
                view[key] != nil
                    || validator.fail(view, node, "required", "must have the property \"\(key)\"")
            }
        case .minimumProperties(let limit):
            return view.count >= limit
                || fail(
                    view,
                    node,
                    "minProperties",
                    "must have at least \(SchemaMessage.properties(limit)), found \(view.count)"
                )
        case .maximumProperties(let limit):
            return view.count <= limit
                || fail(
                    view,
                    node,
                    "maxProperties",
                    "must have at most \(SchemaMessage.properties(limit)), found \(view.count)"
                )
        case .dependentRequired(let keyword, let entries):
            return all(entries) { validator, entry in
                guard view[entry.key] != nil else { return true }
                let missing = entry.needs.filter { view[$0] == nil }
                return missing.isEmpty
                    || validator.fail(
                        view,
                        node,
                        keyword,
                        "must have \(SchemaMessage.list(missing.map { "\"\($0)\"" })) because it has \"\(entry.key)\""
                    )
            }
        case .dependentSchemas(_, let entries):
            var isValid = true
            for entry in entries where view[entry.key] != nil && !apply(entry.node, view, &evaluated) {
                isValid = false
                if mayStop { break }
            }
            return isValid
        case .unevaluatedProperties(let rest):
            var isValid = true
            for member in view.memberViews where !evaluated.contains(member.value.position) {
                evaluated.insert(member.value.position)
                if isFalse(rest) {
                    isValid = fail(member.value, node, "unevaluatedProperties", "is not a known property")
                } else if !descend(rest, member.value) {
                    isValid = false
                }
                if !isValid, mayStop { break }
            }
            return isValid
        default: return true
        }
    }

    private mutating func evaluateMembers(
        _ rules: MemberRules,
        _ node: SchemaNode,
        _ view: JSONView,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        var isValid = true
        for (key, value) in view.memberViews {
            var isKnown = false
            if let named = rules.node(for: key) {
                isKnown = true
                if !descend(named, value) { isValid = false }
            }
            for (pattern, target) in rules.patterns {
                guard let isMatch = match(pattern, key) else { return exhaust(value, node) }
                guard isMatch else { continue }
                isKnown = true
                if !descend(target, value) { isValid = false }
            }
            if !isKnown, let additional = rules.additional {
                isKnown = true
                if isFalse(additional) {
                    isValid = fail(value, node, "additionalProperties", SchemaMessage.unknown(rules))
                } else if !descend(additional, value) {
                    isValid = false
                }
            }
            if isKnown, program.tracksEvaluation { evaluated.insert(value.position) }
            guard spend(1) else { return exhaust(view, node) }
            if !isValid, mayStop { return false }
        }
        return isValid
    }
}
