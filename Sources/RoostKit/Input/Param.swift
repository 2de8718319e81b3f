import Synchronization

/// Marks one argument of a tool: its type, what it means, and what it accepts.
///
/// A default makes the argument optional, and so does an optional type. Ranges, lengths and counts become
/// part of the schema and are checked again when arguments are read; patterns and formats are checked by the
/// host.
///
/// An input made by hand, in a test, is filled by assignment: `var input = Forecast.Input(); input.city =
/// "Oslo"`.
@propertyWrapper
public struct Param<Value: ParamValue>: Sendable {
    let description: String
    let givenName: String?
    let header: String?
    let fallback: Value?
    let constraints: [ParamConstraint<Value>]
    private var slot: ParamSlot<Value>

    init(
        _ description: String,
        name: String?,
        header: String?,
        fallback: Value?,
        constraints: [ParamConstraint<Value>] = []
    ) {
        self.description = description
        self.givenName = name
        self.header = header
        self.fallback = fallback
        self.constraints = constraints
        slot = ParamSlot(fallback ?? Value.absent)
    }

    /// The argument's value.
    ///
    /// Reading one that is required and was never given stops the program with a sentence.
    public var wrappedValue: Value {
        get {
            guard let value = slot.value else {
                preconditionFailure(
                    "The argument '\(description)' was read before it had a value: assign it first."
                )
            }
            return value
        }
        // A new slot, because copies of an input must not share their values.
        set { slot = ParamSlot(newValue) }
    }
}

extension Param: Argument {
    var isRequired: Bool { fallback == nil && Value.absent == nil }

    var schema: JSONObject {
        var schema = Value.schema
        if !description.isEmpty { schema["description"] = .string(description) }
        for constraint in constraints {
            for (key, value) in constraint.members { schema[key] = value }
        }
        if let fallback, let json = fallback.presentJSON { schema["default"] = json }
        if let header { schema["x-mcp-header"] = .string(header) }
        return schema
    }

    var json: JSONValue? { slot.value?.presentJSON }

    func fill(from json: JSONView?) throws {
        guard let json, !(json.isNull && !isRequired) else {
            if isRequired { throw InputMismatch(expected: "a value", found: "nothing") }
            return
        }
        let value = try Value.decode(json)
        for constraint in constraints where !constraint.accepts(value) {
            throw InputMismatch(expected: constraint.expectation, found: json)
        }
        slot.fill(value)
    }
}

/// Holds a value that reflection can reach: filled once, before the input that owns it is handed to anybody.
final class ParamSlot<Value: Sendable>: Sendable {
    private let content: Mutex<Value?>

    init(_ value: Value?) { content = Mutex(value) }

    var value: Value? { content.withLock { $0 } }

    func fill(_ value: Value) { content.withLock { $0 = value } }
}
