import MCP
import RoostJSON

/// Makes values from a JSON Schema: plain ones, ones at the edges of what it allows, hostile ones.
///
/// A value follows the keywords that are read here and may break others: whoever needs to be sure validates it. Equal seeds
/// make equal values in equal order.
struct ValueSource: Sendable {
    /// What kind of value is wanted.
    enum Style: Sendable, CaseIterable { case plain, edge, hostile }

    private let root: JSONValue
    private(set) var random: SeededGenerator
    private static let deepest = 12

    init(_ schema: JSONValue, seed: UInt64) {
        root = schema
        random = SeededGenerator(seed: seed)
    }

    /// A value for the whole schema.
    mutating func next(_ style: Style) -> JSONValue { value(root, style, depth: 0) }

    /// A value of any kind, whatever the schema says.
    mutating func anything(_ style: Style = .hostile) -> JSONValue { anything(style, depth: 0) }

    private mutating func value(_ given: JSONValue, _ style: Style, depth: Int) -> JSONValue {
        guard let schema = resolved(given) else { return anything(style, depth: depth) }
        if let constant = schema["const"] { return constant }
        if let choices = schema["enum"]?.array, let choice = choices.randomElement(using: &random) {
            return choice
        }
        if style == .plain, random.oneIn(2), let sample = sample(of: schema) { return sample }
        switch type(of: schema) {
        case "object": return object(schema, style, depth: depth)
        case "array": return array(schema, style, depth: depth)
        case "string": return .string(text(schema, style))
        case "integer": return number(schema, style, isWhole: true)
        case "number": return number(schema, style, isWhole: false)
        case "boolean": return .bool(.random(using: &random))
        case "null": return .null
        default: return anything(style, depth: depth)
        }
    }

    /// The schema with its references followed, one of its choices taken, and all that holds together merged; nil for true.
    private mutating func resolved(_ given: JSONValue) -> JSONObject? {
        var schema = given.object ?? [:]
        for _ in 0..<8 {
            if let reference = schema["$ref"]?.string {
                schema["$ref"] = JSONValue?.none
                merge(target(of: reference), into: &schema)
            } else if let parts = schema["allOf"]?.array {
                schema["allOf"] = JSONValue?.none
                for part in parts { merge(part, into: &schema) }
            } else if let key = ["anyOf", "oneOf"].first(where: { schema[$0] != nil }) {
                let choice = schema[key]?.array?.randomElement(using: &random)
                schema[key] = JSONValue?.none
                if let choice { merge(choice, into: &schema) }
            } else {
                break
            }
        }
        return schema.isEmpty ? nil : schema
    }

    private func target(of reference: String) -> JSONValue {
        guard reference.hasPrefix("#"), let tokens = JSONPointer.tokens(of: String(reference.dropFirst()))
        else {
            return [:]
        }
        return tokens.reduce(root as JSONValue?) { $0?[$1] } ?? [:]
    }

    /// What both say: properties and required of both, else the later word.
    private func merge(_ other: JSONValue, into schema: inout JSONObject) {
        for (key, value) in other.object?.members ?? [] {
            switch (key, schema[key], value) {
            case ("properties", .object(var known)?, .object(let more)):
                for (name, property) in more.members { known[name] = property }
                schema[key] = .object(known)
            case ("required", .array(let known)?, .array(let more)): schema[key] = .array(known + more)
            default: schema[key] = value
            }
        }
    }

    private mutating func sample(of schema: JSONObject) -> JSONValue? {
        var samples = schema["examples"]?.array ?? []
        if let value = schema["default"] { samples.append(value) }
        return samples.randomElement(using: &random)
    }

    private mutating func type(of schema: JSONObject) -> String? {
        if let one = schema["type"]?.string { return one }
        if let several = schema["type"]?.array { return several.randomElement(using: &random)?.string }
        let signs = [
            ("object", ["properties", "required", "additionalProperties"]),
            ("array", ["items", "prefixItems", "minItems"]),
            ("string", ["pattern", "minLength", "maxLength", "format"]),
            ("number", ["minimum", "maximum", "multipleOf"]),
        ]
        return signs.first { $0.1.contains { schema[$0] != nil } }?.0
    }

    // MARK: Containers

    private mutating func object(_ schema: JSONObject, _ style: Style, depth: Int) -> JSONValue {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        var object: JSONObject = [:]
        // At the edges: nothing more than it must, or everything it may.
        let takesAll = style == .edge && Bool.random(using: &random)
        for (key, property) in schema["properties"]?.object?.members ?? [] {
            let isTaken =
                required.contains(key) || takesAll || (style != .edge && Bool.random(using: &random))
            guard isTaken, depth < Self.deepest || required.contains(key), depth < 2 * Self.deepest else {
                continue
            }
            object[key] = value(property, style, depth: depth + 1)
        }
        for key in required.sorted() where object[key] == nil {
            object[key] = anything(style, depth: depth + 1)
        }
        let further = schema["additionalProperties"]
        if style == .hostile, further?.bool != false, random.oneIn(3) {
            let key = HostileValues.keys.randomElement(using: &random) ?? ""
            if object[key] == nil { object[key] = value(further ?? true, style, depth: depth + 1) }
        }
        return .object(object)
    }

    private mutating func array(_ schema: JSONObject, _ style: Style, depth: Int) -> JSONValue {
        let prefix = schema["prefixItems"]?.array ?? []
        let least = Int(clamping: schema["minItems"]?.integer ?? 0)
        let most = Int(
            clamping: schema["maxItems"]?.integer
                ?? Int64(max(least, prefix.count) + (style == .edge ? 200 : 4))
        )
        let count: Int
        switch style {
        case .edge: count = Bool.random(using: &random) ? least : max(least, min(most, 1000))
        default: count = Int.random(in: least...max(least, min(most, least + 6)), using: &random)
        }
        var elements: [JSONValue] = []
        for place in 0..<count where depth < Self.deepest || place < least {
            guard depth < 2 * Self.deepest else { break }
            let item = place < prefix.count ? prefix[place] : schema["items"] ?? true
            let element = value(item, place > 8 ? .plain : style, depth: depth + 1)
            if schema["uniqueItems"]?.bool == true, elements.contains(element) { continue }
            elements.append(element)
        }
        return .array(elements)
    }

    private mutating func anything(_ style: Style, depth: Int) -> JSONValue {
        if style == .hostile, random.oneIn(4) {
            return HostileValues.nested(to: Int.random(in: 2...40, using: &random))
        }
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return number([:], style, isWhole: true)
        case 3: return number([:], style, isWhole: false)
        case 4: return .string(text([:], style))
        case 5: return .array([anything(style, depth: depth + 1)])
        default: return ["key": anything(style, depth: depth + 1)]
        }
    }

    // MARK: Scalars

    private mutating func text(_ schema: JSONObject, _ style: Style) -> String {
        let least = Int(clamping: schema["minLength"]?.integer ?? 0)
        let most = max(
            least,
            Int(clamping: schema["maxLength"]?.integer ?? (style == .plain ? Int64(least) + 24 : 100_000))
        )
        if let pattern = schema["pattern"]?.string, let samples = PatternSamples(pattern) {
            return samples.text(upTo: style == .plain ? 8 : 64, using: &random)
        }
        if let format = schema["format"]?.string, let texts = HostileValues.formats[format] {
            return (style == .plain ? texts.first : texts.randomElement(using: &random)) ?? ""
        }
        let text: String
        switch style {
        case .plain: text = HostileValues.words.randomElement(using: &random) ?? "a"
        case .edge:
            let length = Bool.random(using: &random) ? least : min(most, 10_000)
            return String(repeating: "a", count: length)
        case .hostile: text = HostileValues.texts.randomElement(using: &random) ?? ""
        }
        return fitted(text, least, most)
    }

    /// The text with as many scalars as are allowed.
    private func fitted(_ text: String, _ least: Int, _ most: Int) -> String {
        var scalars = text.unicodeScalars.prefix(most).map { $0 }
        while scalars.count < min(least, 100_000) { scalars.append("a") }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private mutating func number(_ schema: JSONObject, _ style: Style, isWhole: Bool) -> JSONValue {
        let step = schema["multipleOf"]?.double
        var low = schema["minimum"]?.double ?? -.infinity, high = schema["maximum"]?.double ?? .infinity
        if let bound = schema["exclusiveMinimum"]?.double {
            low = max(low, isWhole ? bound + 1 : bound.nextUp)
        }
        if let bound = schema["exclusiveMaximum"]?.double {
            high = min(high, isWhole ? bound - 1 : bound.nextDown)
        }
        var candidates: [Double]
        switch style {
        case .plain:
            let start = low.isFinite ? low : high.isFinite ? high - 100 : 0
            let end = high.isFinite ? high : start + 100
            guard start <= end else { return .integer(0) }
            let width = min(end - start, 1000)
            candidates = [start + width * Double(Int.random(in: 0...1000, using: &random)) / 1000]
        case .edge: candidates = [low, high, low + 1, high - 1, 0, 1, -1]
        case .hostile: candidates = HostileValues.numbers
        }
        candidates = candidates.filter { $0.isFinite && $0 >= low && $0 <= high }
        var chosen =
            candidates.randomElement(using: &random) ?? (low.isFinite ? low : high.isFinite ? high : 0)
        if let step, step > 0 { chosen = (chosen / step).rounded() * step }
        if isWhole { chosen = chosen.rounded(.towardZero) }
        return Int64(exactly: chosen).map { .integer($0) } ?? .number(chosen)
    }
}
