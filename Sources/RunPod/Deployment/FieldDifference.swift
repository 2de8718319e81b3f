package import RoostJSON

/// One field that is to be another value than it is.
package struct FieldDifference: Sendable, Equatable {
    /// The path with dots between names.
    package var field: String
    /// Nil when there was none.
    package var from: JSONValue?
    package var to: JSONValue

    /// Every field of `wanted` that `actual` has differently; what only `actual` has does not matter, except in `env`, where
    /// a variable that is not wanted is one too many.
    static func between(wanted: JSONObject, actual: JSONObject, under path: String = "") -> [FieldDifference]
    {
        var differences: [FieldDifference] = []
        for (key, value) in wanted.members {
            let name = path.isEmpty ? key : path + "." + key
            let found = actual[key]
            if let inner = value.object, let other = found?.object {
                differences += between(wanted: inner, actual: other, under: name)
            } else if !isSame(value, found) {
                differences.append(FieldDifference(field: name, from: found, to: value))
            }
        }
        if path == "env" {
            for (key, value) in actual.members where wanted[key] == nil {
                differences.append(FieldDifference(field: "env." + key, from: value, to: .null))
            }
        }
        return differences
    }

    /// Whether a value is what is wanted.
    ///
    /// Numbers are compared by their value: 4 is 4.0. What is not there is null, and an empty list is none.
    private static func isSame(_ wanted: JSONValue, _ found: JSONValue?) -> Bool {
        if let first = wanted.double, let second = found?.double { return first == second }
        if wanted == .null || wanted.array?.isEmpty == true {
            return found == nil || found == .null || found?.array?.isEmpty == true
        }
        if let first = wanted.array, let second = found?.array, first.count == second.count {
            return zip(first, second).allSatisfy { pair in
                if let wanted = pair.0.object, let actual = pair.1.object {
                    return between(wanted: wanted, actual: actual).isEmpty
                }
                return isSame(pair.0, pair.1)
            }
        }
        return found == wanted
    }
}

extension FieldDifference: CustomStringConvertible {
    /// A line for a person; values of variables that may be secrets are not told.
    package var description: String {
        "\(field): \(Self.text(from, of: field)) → \(Self.text(to, of: field))"
    }

    private static let tellable = ["env.ROOST_MODE", "env.ROOST_AUTH", "env.PORT", "env.PORT_HEALTH"]

    private static func text(_ value: JSONValue?, of field: String) -> String {
        guard let value, value != .null else { return "none" }
        if field.hasPrefix("env."), !tellable.contains(field) {
            let text = value.string ?? ""
            return text.hasPrefix("{{ RUNPOD_SECRET_") ? text : "a value that is not shown"
        }
        return String(decoding: value.bytes, as: UTF8.self)
    }
}
