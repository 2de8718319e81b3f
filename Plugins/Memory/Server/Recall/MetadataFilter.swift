import RoostJSON

/// A condition on a memory's metadata.
///
/// `{"kind": "note", "year": {"$gte": 2020}}`: each member has to hold; a plain value means `$eq`. `$and` and `$or` take
/// arrays of conditions. A member that is not there equals nothing, so only `$ne` and `$nin` hold for it. Numbers compare
/// with numbers and texts with texts, by code points.
indirect enum MetadataFilter: Sendable, Equatable {
    case all([MetadataFilter])
    case any([MetadataFilter])
    case member(String, Comparison, JSONValue)

    enum Comparison: String, Sendable, CaseIterable {
        case equal = "$eq"
        case notEqual = "$ne"
        case greater = "$gt"
        case greaterOrEqual = "$gte"
        case less = "$lt"
        case lessOrEqual = "$lte"
        case among = "$in"
        case notAmong = "$nin"
    }

    /// Why a condition cannot be understood, in a sentence.
    struct Fault: Error, Equatable {
        var sentence: String
    }

    /// Conditions inside each other at most.
    private static let deepest = 16

    /// Reads a condition.
    init(_ object: JSONObject, depth: Int = 0) throws(Fault) {
        guard depth < Self.deepest else {
            throw Fault(sentence: "the filter has more than \(Self.deepest) conditions inside each other")
        }
        var parts: [MetadataFilter] = []
        for (key, value) in object.members {
            switch key {
            case "$and": parts.append(.all(try Self.list(key, value, depth)))
            case "$or": parts.append(.any(try Self.list(key, value, depth)))
            default:
                guard !key.hasPrefix("$") else {
                    throw Fault(sentence: "expected $and, $or or the name of a metadata member, found \(key)")
                }
                parts += try Self.comparisons(key, value)
            }
        }
        self = parts.count == 1 ? parts[0] : .all(parts)
    }

    private static func list(
        _ key: String,
        _ value: JSONValue,
        _ depth: Int
    ) throws(Fault) -> [MetadataFilter] {
        guard let array = value.array, !array.isEmpty else {
            throw Fault(
                sentence: "expected an array of conditions for \(key), found \(value.text.prefix(80))"
            )
        }
        var conditions: [MetadataFilter] = []
        for element in array {
            guard let object = element.object else {
                throw Fault(
                    sentence:
                        "expected an array of objects for \(key), found \(element.text.prefix(80)) in it"
                )
            }
            conditions.append(try MetadataFilter(object, depth: depth + 1))
        }
        return conditions
    }

    private static func comparisons(_ key: String, _ value: JSONValue) throws(Fault) -> [MetadataFilter] {
        guard let object = value.object, object.keys.contains(where: { $0.hasPrefix("$") }) else {
            return [.member(key, .equal, value)]
        }
        var result: [MetadataFilter] = []
        for (name, operand) in object.members {
            guard let comparison = Comparison(rawValue: name) else {
                let known = Comparison.allCases.map(\.rawValue).joined(separator: " ")
                throw Fault(sentence: "expected one of \(known) for \(key), found \(name)")
            }
            switch comparison {
            case .among, .notAmong:
                guard operand.array != nil else {
                    throw Fault(sentence: "expected an array after \(name), found \(operand.text.prefix(80))")
                }
            case .greater, .greaterOrEqual, .less, .lessOrEqual:
                guard operand.double != nil || operand.string != nil else {
                    throw Fault(
                        sentence:
                            "expected a number or a text after \(name), found \(operand.text.prefix(80))"
                    )
                }
            case .equal, .notEqual: break
            }
            result.append(.member(key, comparison, operand))
        }
        return result
    }

    /// True when the metadata fulfil the condition.
    func holds(for metadata: JSONObject) -> Bool {
        switch self {
        case .all(let conditions): conditions.allSatisfy { $0.holds(for: metadata) }
        case .any(let conditions): conditions.contains { $0.holds(for: metadata) }
        case .member(let key, let comparison, let operand): Self.holds(metadata[key], comparison, operand)
        }
    }

    private static func holds(_ found: JSONValue?, _ comparison: Comparison, _ operand: JSONValue) -> Bool {
        switch comparison {
        case .equal: found.map { same($0, operand) } ?? false
        case .notEqual: !(found.map { same($0, operand) } ?? false)
        case .among: found.map { found in operand.array?.contains { same(found, $0) } ?? false } ?? false
        case .notAmong:
            !(found.map { found in operand.array?.contains { same(found, $0) } ?? false } ?? false)
        case .greater: order(found, operand).map { $0 > 0 } ?? false
        case .greaterOrEqual: order(found, operand).map { $0 >= 0 } ?? false
        case .less: order(found, operand).map { $0 < 0 } ?? false
        case .lessOrEqual: order(found, operand).map { $0 <= 0 } ?? false
        }
    }

    private static func same(_ a: JSONValue, _ b: JSONValue) -> Bool {
        if let a = a.double, let b = b.double { return a == b }
        return a == b
    }

    /// Below, at or above 0 as the first is less, equal or greater; nil when they cannot be compared.
    private static func order(_ a: JSONValue?, _ b: JSONValue) -> Int? {
        if let a = a?.double, let b = b.double { return a < b ? -1 : a == b ? 0 : 1 }
        guard let a = a?.string, let b = b.string else { return nil }
        if a.utf8.elementsEqual(b.utf8) { return 0 }
        return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    }
}
