import RoostJSON

/// Rules about arrays. Every one of them is called with an array.
extension SchemaValidator {
    mutating func evaluateArray(
        _ rule: SchemaRule,
        _ node: SchemaNode,
        _ view: JSONView,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        switch rule {
        case .items(let rules): return evaluateItems(rules, node, view, &evaluated)
        case .contains(let target, let minimum, let maximum, let marks):
            var count = 0
            for element in view.elementViews {
                var parts = EvaluatedParts()
                guard probe(target, element, &parts) else { continue }
                count += 1
                if marks, program.tracksEvaluation { evaluated.insert(element.position) }
                if count >= minimum, maximum == nil, !program.tracksEvaluation { break }
            }
            guard count >= minimum else {
                let keyword = minimum == 1 ? "contains" : "minContains"
                return fail(
                    view,
                    node,
                    keyword,
                    "must contain at least \(minimum) fitting \(SchemaMessage.items(minimum)), found \(count)"
                )
            }
            guard let maximum, count > maximum else { return true }
            return fail(
                view,
                node,
                "maxContains",
                "must contain at most \(maximum) fitting \(SchemaMessage.items(maximum)), found \(count)"
            )
        case .minimumItems(let limit):
            return view.count >= limit
                || fail(
                    view,
                    node,
                    "minItems",
                    "must have at least \(limit) \(SchemaMessage.items(limit)), found \(view.count)"
                )
        case .maximumItems(let limit):
            return view.count <= limit
                || fail(
                    view,
                    node,
                    "maxItems",
                    "must have at most \(limit) \(SchemaMessage.items(limit)), found \(view.count)"
                )
        case .uniqueItems: return evaluateUnique(node, view)
        case .unevaluatedItems(let rest):
            var isValid = true
            for element in view.elementViews where !evaluated.contains(element.position) {
                evaluated.insert(element.position)
                if isFalse(rest) {
                    isValid = fail(element, node, "unevaluatedItems", "is one item more than allowed")
                } else if !descend(rest, element) {
                    isValid = false
                }
                if !isValid, mayStop { break }
            }
            return isValid
        default: return true
        }
    }

    private mutating func evaluateItems(
        _ rules: ItemRules,
        _ node: SchemaNode,
        _ view: JSONView,
        _ evaluated: inout EvaluatedParts
    ) -> Bool {
        var isValid = true
        for (offset, element) in view.elementViews.enumerated() {
            guard spend(1) else { return exhaust(view, node) }
            guard let target = offset < rules.prefix.count ? rules.prefix[offset] : rules.rest else { break }
            if program.tracksEvaluation { evaluated.insert(element.position) }
            if offset >= rules.prefix.count, isFalse(target) {
                isValid = fail(
                    element,
                    node,
                    rules.restKeyword,
                    "is one item more than allowed; at most \(rules.prefix.count) \(SchemaMessage.items(rules.prefix.count))"
                )
            } else if !descend(target, element) {
                isValid = false
            }
            if !isValid, mayStop { return false }
        }
        return isValid
    }

    private mutating func evaluateUnique(_ node: SchemaNode, _ view: JSONView) -> Bool {
        guard view.count > 1 else { return true }
        guard spend(view.bytes.count / 8) else { return exhaust(view, node) }
        var seen: [JSONValue: Int] = [:]
        seen.reserveCapacity(view.count)
        for (offset, element) in view.elementViews.enumerated() {
            if let first = seen.updateValue(offset, forKey: JSONValue(element)) {
                return fail(
                    view,
                    node,
                    "uniqueItems",
                    "must have different items, but items \(first) and \(offset) are equal"
                )
            }
        }
        return true
    }
}
