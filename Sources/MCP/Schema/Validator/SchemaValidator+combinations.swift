import RoostJSON

/// Rules that combine subschemas on the same value.
extension SchemaValidator {
    mutating func evaluateCombination(
        _ rule: SchemaRule,
        _ node: SchemaNode,
        _ view: JSONView,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch rule {
        case .allOf(let targets):
            var isValid = true
            for target in targets where !apply(target, view, &evaluated) {
                isValid = false
                if mayStop { break }
            }
            return isValid
        case .anyOf(let targets):
            var isValid = false
            for target in targets where apply(target, view, &evaluated, probing: true) {
                isValid = true
                if !program.tracksEvaluation { break }
            }
            return isValid || failAll(targets, node, "anyOf", view)
        case .oneOf(let targets):
            var matches: [Int] = []
            for (offset, target) in targets.enumerated() where apply(target, view, &evaluated, probing: true)
            {
                matches.append(offset)
                if matches.count > 1 { break }
            }
            if matches.isEmpty { return failAll(targets, node, "oneOf", view) }
            return matches.count == 1
                || fail(
                    view,
                    node,
                    "oneOf",
                    "must match exactly one of \(targets.count) alternatives, but matches numbers "
                        + matches.map { String($0 + 1) }.joined(separator: " and ")
                )
        case .not(let target):
            var parts = EvaluatedParts()
            return !probe(target, view, &parts) && !isExhausted
                || fail(
                    view,
                    node,
                    "not",
                    "must not match the schema under \"not\", \(SchemaMessage.found(view))"
                )
        case .conditional(let test, let then, let otherwise):
            let branch = apply(test, view, &evaluated, probing: true) ? then : otherwise
            guard let branch else { return true }
            return apply(branch, view, &evaluated)
        default: return true
        }
    }

    /// Says why each of the first alternatives does not match.
    private mutating func failAll(
        _ targets: [Int],
        _ node: SchemaNode,
        _ keyword: String,
        _ view: JSONView
    ) -> Bool {
        if mayStop { return false }
        let reasons = targets.prefix(4).compactMap { explanation($0, view) }
        let list = reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
        let count = SchemaMessage.plural(targets.count, "alternative", "alternatives")
        return fail(view, node, keyword, "matches none of \(count)\(list)")
    }
}
