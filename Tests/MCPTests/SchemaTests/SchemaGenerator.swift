import RoostJSON

/// Makes small random schemas and values that often meet; the same seed makes the same ones.
///
/// Numbers are multiples of a quarter, so that Python's floats and our decimals mean the same.
struct SchemaGenerator {
    private var state: UInt64
    private let isModern: Bool

    init(seed: UInt64, isModern: Bool) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        self.isModern = isModern
    }

    // MARK: Values

    mutating func instance(depth: Int) -> JSONValue {
        switch pick(depth > 0 ? 9 : 5) {
        case 0: return .null
        case 1: return .bool(pick(2) == 0)
        case 2: return .integer(Int64(pick(12)) - 3)
        case 3: return .number(Double(pick(24)) / 4 - 2)
        case 4: return .string(word())
        case 5, 6: return .array((0..<pick(5)).map { _ in instance(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<pick(5) { object[key()] = instance(depth: depth - 1) }
            return .object(object)
        }
    }

    // MARK: Schemas

    mutating func schema(depth: Int) -> JSONValue {
        var schema = JSONObject()
        for _ in 0..<(1 + pick(3)) { add(to: &schema, depth: depth) }
        return .object(schema)
    }

    private mutating func below(_ depth: Int) -> JSONValue {
        if depth <= 0 || pick(10) == 0 {
            return pick(4) == 0 ? .bool(false) : pick(3) == 0 ? .bool(true) : ["type": type()]
        }
        return schema(depth: depth - 1)
    }

    private mutating func add(to schema: inout JSONObject, depth: Int) {
        switch pick(6) {
        case 0, 1: addScalarRule(to: &schema)
        case 2: addObjectRule(to: &schema, depth: depth)
        case 3: addArrayRule(to: &schema, depth: depth)
        case 4: addCombination(to: &schema, depth: depth)
        default: addDialectRule(to: &schema, depth: depth)
        }
    }

    private mutating func addScalarRule(to schema: inout JSONObject) {
        switch pick(11) {
        case 0: schema["type"] = type()
        case 1: schema["type"] = [["array", "object"], ["integer", "string"]][pick(2)]
        case 2: schema["enum"] = .array((0...pick(4)).map { _ in instance(depth: 1) })
        case 3: schema["const"] = instance(depth: 1)
        case 4: schema["minimum"] = .number(Double(pick(16)) / 4 - 2)
        case 5: schema["maximum"] = .integer(Int64(pick(8)))
        case 6: schema["exclusiveMinimum"] = .integer(Int64(pick(6)) - 2)
        case 7: schema["multipleOf"] = [0.25, 0.5, 2, 3][pick(4)]
        case 8: schema["minLength"] = .integer(Int64(pick(4)))
        case 9: schema["maxLength"] = .integer(Int64(pick(4)))
        default: schema["pattern"] = ["^a", "b$", "^[a-c]*$", "[^a]", "a|é"][pick(5)]
        }
    }

    private mutating func addObjectRule(to schema: inout JSONObject, depth: Int) {
        switch pick(8) {
        case 0, 1: schema["properties"] = map(depth)
        case 2: schema["patternProperties"] = ["^[ab]": below(depth), "é": below(depth)]
        case 3: schema["additionalProperties"] = below(depth)
        case 4: schema["propertyNames"] = ["pattern": "^[a-c]"]
        case 5: schema["required"] = .array((0..<pick(3)).map { .string(["a", "b", "c"][$0]) })
        case 6: schema["minProperties"] = .integer(Int64(pick(3)))
        default: schema["maxProperties"] = .integer(Int64(pick(4)))
        }
    }

    private mutating func addArrayRule(to schema: inout JSONObject, depth: Int) {
        switch pick(5) {
        case 0: schema["items"] = below(depth)
        case 1: schema["contains"] = below(depth)
        case 2: schema["minItems"] = .integer(Int64(pick(3)))
        case 3: schema["maxItems"] = .integer(Int64(pick(4)))
        default: schema["uniqueItems"] = .bool(pick(3) > 0)
        }
    }

    private mutating func addCombination(to schema: inout JSONObject, depth: Int) {
        switch pick(6) {
        case 0: schema["allOf"] = list(depth)
        case 1: schema["anyOf"] = list(depth)
        case 2: schema["oneOf"] = list(depth)
        case 3: schema["not"] = below(depth)
        default:
            schema["if"] = below(depth)
            if pick(3) > 0 { schema["then"] = below(depth) }
            if pick(3) > 0 { schema["else"] = below(depth) }
        }
    }

    private mutating func addDialectRule(to schema: inout JSONObject, depth: Int) {
        guard isModern else {
            switch pick(3) {
            case 0: schema["dependencies"] = ["a": ["b"], "c": below(depth)]
            case 1: schema["items"] = list(depth)
            default: schema["additionalItems"] = below(depth)
            }
            return
        }
        switch pick(6) {
        case 0: schema["dependentRequired"] = ["a": ["b"]]
        case 1: schema["dependentSchemas"] = ["a": below(depth), "b": below(depth)]
        case 2: schema["prefixItems"] = list(depth)
        case 3:
            schema["contains"] = below(depth)
            schema["minContains"] = .integer(Int64(pick(3)))
            schema["maxContains"] = .integer(Int64(1 + pick(3)))
        case 4: schema["unevaluatedProperties"] = pick(2) == 0 ? .bool(false) : below(depth)
        default: schema["unevaluatedItems"] = pick(2) == 0 ? .bool(false) : below(depth)
        }
    }

    // MARK: Pieces

    private mutating func map(_ depth: Int) -> JSONValue {
        var object = JSONObject()
        for _ in 0...pick(3) { object[key()] = below(depth) }
        return .object(object)
    }

    private mutating func list(_ depth: Int) -> JSONValue {
        .array((0...pick(3)).map { _ in below(depth) })
    }

    private mutating func type() -> JSONValue {
        [["null"], "boolean", "integer", "number", "string", "array", "object", ["string", "number"]][pick(8)]
    }

    private mutating func key() -> String { ["a", "b", "c", "ab", "é", "e\u{301}"][pick(6)] }

    private mutating func word() -> String { ["", "a", "b", "ab", "abc", "é", "e\u{301}", "😀"][pick(8)] }

    /// A number from 0 to `count` - 1.
    private mutating func pick(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % count
    }
}
