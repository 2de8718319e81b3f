import RoostJSON

/// A call a plugin had when its process ended, as a report may keep it: no argument's value is in it.
struct StrickenCall: Sendable {
    var plugin: String
    var method: String
    /// The tool's or prompt's name or the resource's URI.
    var target: String
    var token: CallToken
    /// Time since the plugin was given the call.
    var age: Duration
    /// Names, types and sizes of the arguments.
    var arguments: JSONValue
    /// True when nobody waited for the call any more.
    var isAbandoned: Bool

    var json: JSONValue {
        [
            "plugin": .string(plugin), "method": .string(method), "target": .string(target),
            "token": .integer(Int64(clamping: token.value)), "ageMs": .integer(age.nanoseconds / 1_000_000),
            "abandoned": .bool(isAbandoned), "arguments": arguments,
        ]
    }
}
