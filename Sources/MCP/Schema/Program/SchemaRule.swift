import RoostJSON

/// One assertion or applicator of a subschema; subschemas are named by their number.
enum SchemaRule: Sendable {
    /// The schema `false`.
    case never
    case type(SchemaTypes)
    case enumeration([JSONValue])
    case constant(JSONValue)
    case bound(NumberBound, SchemaNumber)
    case multiple(of: SchemaNumber)
    case minimumLength(Int)
    case maximumLength(Int)
    case pattern(ECMAPattern)
    case format(SchemaFormat)
    case members(MemberRules)
    case names(Int)
    case required([String])
    case minimumProperties(Int)
    case maximumProperties(Int)
    case dependentRequired(keyword: String, [(key: String, needs: [String])])
    case dependentSchemas(keyword: String, [(key: String, node: Int)])
    case items(ItemRules)
    case contains(node: Int, minimum: Int, maximum: Int?, marks: Bool)
    case minimumItems(Int)
    case maximumItems(Int)
    case uniqueItems
    case allOf([Int])
    case anyOf([Int])
    case oneOf([Int])
    case not(Int)
    case conditional(test: Int, then: Int?, otherwise: Int?)
    case reference(Int)
    case dynamicReference(name: String, fallback: Int)
    case unevaluatedProperties(Int)
    case unevaluatedItems(Int)
}

/// The four keywords that bound a number.
enum NumberBound: String, Sendable {
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum
}
