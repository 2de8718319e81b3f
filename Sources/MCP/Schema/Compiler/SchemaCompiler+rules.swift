import RoostJSON

/// The keywords of one subschema, in the order in which they are evaluated.
extension SchemaCompiler {
    mutating func rules(of place: SchemaPlace) throws(SchemaError) -> [SchemaRule] {
        guard place.view.kind == .object else { return place.view.bool == false ? [.never] : [] }
        let dialect = index.resources[place.resource].dialect
        if let dialect = place.view["$schema"],
            index.resources[place.resource].root.view.position != place.view.position
        {
            let path = place.location + "/$schema"
            guard dialect.string.map({ SchemaDialect(uri: $0) != nil }) ?? false else {
                throw .unsupportedDialect(dialect.string ?? dialect.excerpt, path: path)
            }
        }
        var rules: [SchemaRule] = []
        if let reference = place.view["$ref"] {
            rules.append(try referenceRule(reference, in: place))
            if dialect == .draft07 { return rules }
        }
        try appendScalarRules(of: place, to: &rules)
        try appendObjectRules(of: place, dialect, to: &rules)
        try appendArrayRules(of: place, dialect, to: &rules)
        try appendCombinations(of: place, to: &rules)
        guard dialect == .draft202012 else { return rules }
        if let reference = place.view["$dynamicRef"] { rules.append(try dynamicRule(reference, in: place)) }
        if let view = place.view["unevaluatedProperties"] {
            tracksEvaluation = true
            rules.append(.unevaluatedProperties(try number(of: place.child(view, "unevaluatedProperties"))))
        }
        if let view = place.view["unevaluatedItems"] {
            tracksEvaluation = true
            rules.append(.unevaluatedItems(try number(of: place.child(view, "unevaluatedItems"))))
        }
        return rules
    }

    // MARK: References

    private mutating func referenceRule(
        _ view: JSONView,
        in place: SchemaPlace
    ) throws(SchemaError) -> SchemaRule {
        let path = place.location + "/$ref"
        let text = try string(view, path)
        return .reference(try number(of: index.resolve(text, from: place, path: path)))
    }

    private mutating func dynamicRule(
        _ view: JSONView,
        in place: SchemaPlace
    ) throws(SchemaError) -> SchemaRule {
        let path = place.location + "/$dynamicRef"
        let text = try string(view, path)
        let target = try index.resolve(text, from: place, path: path)
        let fallback = try number(of: target)
        let name = SchemaURI.split(text).fragment
        guard index.resources[target.resource].dynamicAnchors[name]?.view.position == target.view.position
        else {
            return .reference(fallback)
        }
        usesDynamicScope = true
        return .dynamicReference(name: name, fallback: fallback)
    }

    // MARK: Any value, numbers, strings

    private mutating func appendScalarRules(
        of place: SchemaPlace,
        to rules: inout [SchemaRule]
    ) throws(SchemaError) {
        let schema = place.view
        if let view = schema["type"] { rules.append(.type(try types(view, place.location + "/type"))) }
        if let view = schema["enum"] {
            guard view.kind == .array else { throw wrong(view, place, "enum", "an array of values") }
            rules.append(.enumeration(view.elementViews.map { JSONValue($0) }))
        }
        if let view = schema["const"] { rules.append(.constant(JSONValue(view))) }
        for bound in [NumberBound.minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum] {
            guard let view = schema[bound.rawValue] else { continue }
            guard let limit = SchemaNumber(view) else { throw wrong(view, place, bound.rawValue, "a number") }
            rules.append(.bound(bound, limit))
        }
        if let view = schema["multipleOf"] {
            guard let divisor = SchemaNumber(view), divisor.isPositive else {
                throw wrong(view, place, "multipleOf", "a number greater than 0")
            }
            rules.append(.multiple(of: divisor))
        }
        if let count = try count("minLength", in: place) { rules.append(.minimumLength(count)) }
        if let count = try count("maxLength", in: place) { rules.append(.maximumLength(count)) }
        if let view = schema["pattern"] {
            let path = place.location + "/pattern"
            rules.append(.pattern(try pattern(try string(view, path), path)))
        }
        if let view = schema["format"], assertsFormats, let format = view.string.flatMap(SchemaFormat.init) {
            rules.append(.format(format))
        }
    }

    // MARK: Objects

    private mutating func appendObjectRules(
        of place: SchemaPlace,
        _ dialect: SchemaDialect,
        to rules: inout [SchemaRule]
    ) throws(SchemaError) {
        let schema = place.view
        if let view = schema["required"] {
            rules.append(.required(try strings(view, place.location + "/required")))
        }
        if let count = try count("minProperties", in: place) { rules.append(.minimumProperties(count)) }
        if let count = try count("maxProperties", in: place) { rules.append(.maximumProperties(count)) }
        if schema["properties"] != nil || schema["patternProperties"] != nil
            || schema["additionalProperties"] != nil
        {
            rules.append(.members(try memberRules(of: place)))
        }
        if let view = schema["propertyNames"] {
            rules.append(.names(try number(of: place.child(view, "propertyNames"))))
        }
        switch dialect {
        case .draft202012:
            if let view = schema["dependentRequired"] {
                try appendDependencies(
                    view,
                    "dependentRequired",
                    of: place,
                    schemas: false,
                    strings: true,
                    to: &rules
                )
            }
            if let view = schema["dependentSchemas"] {
                try appendDependencies(
                    view,
                    "dependentSchemas",
                    of: place,
                    schemas: true,
                    strings: false,
                    to: &rules
                )
            }
        case .draft07:
            if let view = schema["dependencies"] {
                try appendDependencies(
                    view,
                    "dependencies",
                    of: place,
                    schemas: true,
                    strings: true,
                    to: &rules
                )
            }
        }
    }

    private mutating func memberRules(of place: SchemaPlace) throws(SchemaError) -> MemberRules {
        var patterns: [(pattern: ECMAPattern, node: Int)] = []
        if let view = place.view["patternProperties"] {
            guard view.kind == .object else {
                throw wrong(view, place, "patternProperties", "an object of schemas by pattern")
            }
            for (key, value) in view.members {
                let child = place.child(value, "patternProperties", key)
                patterns.append((try pattern(key, child.location), try number(of: child)))
            }
        }
        var additional: Int?
        if let view = place.view["additionalProperties"] {
            additional = try number(of: place.child(view, "additionalProperties"))
        }
        return MemberRules(
            named: try map("properties", in: place),
            patterns: patterns,
            additional: additional
        )
    }

    private mutating func appendDependencies(
        _ view: JSONView,
        _ keyword: String,
        of place: SchemaPlace,
        schemas: Bool,
        strings: Bool,
        to rules: inout [SchemaRule]
    ) throws(SchemaError) {
        guard view.kind == .object else { throw wrong(view, place, keyword, "an object by property") }
        var needed: [(key: String, needs: [String])] = []
        var nodes: [(key: String, node: Int)] = []
        for (key, value) in view.members {
            let child = place.child(value, keyword, key)
            if strings, value.kind == .array || !schemas {
                needed.append((key, try self.strings(value, child.location)))
            } else {
                nodes.append((key, try number(of: child)))
            }
        }
        if !needed.isEmpty { rules.append(.dependentRequired(keyword: keyword, needed)) }
        if !nodes.isEmpty { rules.append(.dependentSchemas(keyword: keyword, nodes)) }
    }

    // MARK: Arrays

    private mutating func appendArrayRules(
        of place: SchemaPlace,
        _ dialect: SchemaDialect,
        to rules: inout [SchemaRule]
    ) throws(SchemaError) {
        if let count = try count("minItems", in: place) { rules.append(.minimumItems(count)) }
        if let count = try count("maxItems", in: place) { rules.append(.maximumItems(count)) }
        if let items = try itemRules(of: place, dialect) { rules.append(.items(items)) }
        if let view = place.view["contains"] {
            let isModern = dialect == .draft202012
            rules.append(
                .contains(
                    node: try number(of: place.child(view, "contains")),
                    minimum: isModern ? try count("minContains", in: place) ?? 1 : 1,
                    maximum: isModern ? try count("maxContains", in: place) : nil,
                    marks: isModern
                )
            )
        }
        if let view = place.view["uniqueItems"] {
            guard let isUnique = view.bool else { throw wrong(view, place, "uniqueItems", "true or false") }
            if isUnique { rules.append(.uniqueItems) }
        }
    }

    private mutating func itemRules(
        of place: SchemaPlace,
        _ dialect: SchemaDialect
    ) throws(SchemaError) -> ItemRules? {
        let items = place.view["items"]
        if dialect == .draft07, items?.kind == .array {
            let rest = place.view["additionalItems"]
            return ItemRules(
                prefix: try list("items", in: place),
                rest: try rest.map { view throws(SchemaError) in
                    try number(of: place.child(view, "additionalItems"))
                },
                restKeyword: "additionalItems"
            )
        }
        if let items, items.kind == .array {
            throw wrong(items, place, "items", "a schema (for a schema per element write prefixItems)")
        }
        let prefix = dialect == .draft202012 ? try list("prefixItems", in: place) : []
        guard items != nil || !prefix.isEmpty else { return nil }
        let rest = try items.map { view throws(SchemaError) in try number(of: place.child(view, "items")) }
        return ItemRules(prefix: prefix, rest: rest, restKeyword: "items")
    }

    // MARK: Combinations

    private mutating func appendCombinations(
        of place: SchemaPlace,
        to rules: inout [SchemaRule]
    ) throws(SchemaError) {
        let schema = place.view
        if schema["allOf"] != nil { rules.append(.allOf(try list("allOf", in: place))) }
        if schema["anyOf"] != nil { rules.append(.anyOf(try list("anyOf", in: place))) }
        if schema["oneOf"] != nil { rules.append(.oneOf(try list("oneOf", in: place))) }
        if let view = schema["not"] { rules.append(.not(try number(of: place.child(view, "not")))) }
        if let view = schema["if"] {
            let then = try schema["then"].map { view throws(SchemaError) in
                try number(of: place.child(view, "then"))
            }
            let otherwise = try schema["else"].map { view throws(SchemaError) in
                try number(of: place.child(view, "else"))
            }
            rules.append(
                .conditional(test: try number(of: place.child(view, "if")), then: then, otherwise: otherwise)
            )
        }
        if let view = schema["dependentSchemas"], view.kind != .object {
            throw wrong(view, place, "dependentSchemas", "an object of schemas by property")
        }
    }
}
