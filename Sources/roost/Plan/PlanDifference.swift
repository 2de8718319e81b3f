import PluginRuntime
import RoostJSON

/// What of one plugin is not as the lock says.
struct PlanDifference {
    var alias: String
    var differences: [LockDifference]

    init(_ alias: String, _ differences: [LockDifference]) {
        self.alias = alias
        self.differences = differences
    }

    var text: String { ([Terminal.bold(alias)] + differences.map(\.lines)).joined(separator: "\n") }

    var json: JSONValue {
        let facts = differences.map { difference -> JSONValue in
            var fact: JSONObject = ["fact": .string(difference.fact)]
            fact["locked"] = difference.locked.map { .string($0) }
            fact["found"] = difference.found.map { .string($0) }
            return .object(fact)
        }
        return ["plugin": .string(alias), "facts": .array(facts)]
    }
}
