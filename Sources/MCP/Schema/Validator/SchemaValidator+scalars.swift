import RoostJSON

/// Rules about one value without looking into it, and the place where every rule begins.
extension SchemaValidator {
    mutating func evaluate(
        _ rule: SchemaRule,
        _ node: SchemaNode,
        _ view: JSONView,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch rule {
        case .never: return fail(view, node, "false", "is not allowed here")
        case .type(let types):
            return types.accept(view)
                || fail(view, node, "type", "must be \(types.sentence), \(SchemaMessage.found(view))")
        case .enumeration(let values): return evaluateEnumeration(values, node, view)
        case .constant(let value):
            return equal(view, value)
                || fail(view, node, "const", "must be \(value.text), \(SchemaMessage.found(view))")
        case .bound(let bound, let limit): return evaluateBound(bound, limit, node, view)
        case .multiple(let divisor):
            guard let number = SchemaNumber(view) else { return true }
            return number.isMultiple(of: divisor)
                || fail(
                    view,
                    node,
                    "multipleOf",
                    "must be a multiple of \(divisor.text), found \(number.text)"
                )
        case .minimumLength, .maximumLength, .pattern, .format: return evaluateString(rule, node, view)
        case .members, .names, .required, .minimumProperties, .maximumProperties, .dependentRequired,
            .dependentSchemas, .unevaluatedProperties:
            return view.kind != .object || evaluateObject(rule, node, view, &evaluated)
        case .items, .contains, .minimumItems, .maximumItems, .uniqueItems, .unevaluatedItems:
            return view.kind != .array || evaluateArray(rule, node, view, &evaluated)
        case .allOf, .anyOf, .oneOf, .not, .conditional:
            return evaluateCombination(rule, node, view, &evaluated)
        case .reference(let target): return apply(target, view, &evaluated)
        case .dynamicReference(let name, let fallback):
            return apply(dynamicTarget(name, fallback: fallback), view, &evaluated)
        }
    }

    private mutating func evaluateEnumeration(
        _ values: [JSONValue],
        _ node: SchemaNode,
        _ view: JSONView
    ) -> Bool {
        guard spend(values.count) else { return exhaust(view, node) }
        for value in values where equal(view, value) { return true }
        return fail(
            view,
            node,
            "enum",
            "must be one of \(SchemaMessage.list(values.map(\.text))), \(SchemaMessage.found(view))"
        )
    }

    private func equal(_ view: JSONView, _ value: JSONValue) -> Bool {
        if view.kind != value.kind { return false }
        if case .string(let text) = value { return view.equals(text) }
        return JSONValue(view) == value
    }

    private mutating func evaluateBound(
        _ bound: NumberBound,
        _ limit: SchemaNumber,
        _ node: SchemaNode,
        _ view: JSONView
    ) -> Bool {
        guard let number = SchemaNumber(view) else { return true }
        let isValid: Bool
        let words: String
        switch bound {
        case .minimum: (isValid, words) = (!(number < limit), "at least")
        case .maximum: (isValid, words) = (!(limit < number), "at most")
        case .exclusiveMinimum: (isValid, words) = (limit < number, "greater than")
        case .exclusiveMaximum: (isValid, words) = (number < limit, "less than")
        }
        return isValid
            || fail(view, node, bound.rawValue, "must be \(words) \(limit.text), found \(number.text)")
    }

    private mutating func evaluateString(_ rule: SchemaRule, _ node: SchemaNode, _ view: JSONView) -> Bool {
        guard view.kind == .string else { return true }
        switch rule {
        case .minimumLength(let limit):
            let count = view.scalarCount ?? 0
            return count >= limit
                || fail(
                    view,
                    node,
                    "minLength",
                    "must have at least \(SchemaMessage.characters(limit)), found \(count)"
                )
        case .maximumLength(let limit):
            let count = view.scalarCount ?? 0
            return count <= limit
                || fail(
                    view,
                    node,
                    "maxLength",
                    "must have at most \(SchemaMessage.characters(limit)), found \(count)"
                )
        case .pattern(let pattern):
            guard let isMatch = match(pattern, view) else { return exhaust(view, node) }
            return isMatch
                || fail(
                    view,
                    node,
                    "pattern",
                    "must match the pattern \(pattern.source), \(SchemaMessage.found(view))"
                )
        case .format(let format):
            return format.accepts(view.string ?? "")
                || fail(view, node, "format", "must be \(format.sentence), \(SchemaMessage.found(view))")
        default: return true
        }
    }
}
