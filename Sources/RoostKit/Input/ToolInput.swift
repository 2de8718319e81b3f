/// The arguments of a tool, or an object inside them: a struct whose properties are marked with ``Param``.
///
/// ```
/// struct Input: ToolInput {
///     @Param("City name") var city: String              // required
///     @Param("Days ahead", in: 1...10) var days = 3     // optional, because it has a default
///     @Param("Units") var unit: Unit?                   // optional, nil when not given
/// }
/// ```
///
/// Properties without the mark are not arguments and need a default.
public protocol ToolInput: ParamValue {
    /// Makes the value that the arguments are filled into. Swift writes it when every property has a mark or
    /// a default.
    init()
}

extension ToolInput {
    /// A closed object schema with one property per argument, in the order of declaration.
    public static var schema: JSONObject {
        var properties = JSONObject()
        var required: [JSONValue] = []
        for (name, argument) in Self().arguments {
            properties[name] = .object(argument.schema)
            if argument.isRequired { required.append(.string(name)) }
        }
        var schema: JSONObject = ["type": "object"]
        if !properties.isEmpty { schema["properties"] = .object(properties) }
        if !required.isEmpty { schema["required"] = .array(required) }
        schema["additionalProperties"] = false
        return schema
    }

    /// Reads the arguments from an object.
    ///
    /// Members that are no argument are passed over: the host has already refused them where they do not
    /// belong.
    ///
    /// - Throws: ``InputMismatch`` with the path of the first argument that does not fit.
    public static func decode(_ json: JSONView) throws -> Self {
        guard json.kind == .object else { throw InputMismatch(expected: "an object", found: json) }
        let value = Self()
        for (name, argument) in value.arguments {
            do {
                try argument.fill(from: json[name])
            } catch let mismatch as InputMismatch {
                throw mismatch.inside(name)
            }
        }
        return value
    }

    /// The value as the object it would be read from.
    public var json: JSONValue {
        var object = JSONObject()
        for (name, argument) in arguments {
            if let json = argument.json { object[name] = json }
        }
        return .object(object)
    }

    private var arguments: [(name: String, argument: any Argument)] {
        Mirror(reflecting: self).children.compactMap { child in
            // Swift stores the wrapper of a property under the property's name with an underscore before it.
            guard let argument = child.value as? any Argument, let label = child.label else { return nil }
            return (argument.givenName ?? String(label.dropFirst()), argument)
        }
    }
}

/// Arguments of a tool that takes none.
public struct NoInput: ToolInput {
    /// Makes the empty arguments.
    public init() {}
}
