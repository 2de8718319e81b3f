package import RoostJSON

/// JSON Schemas (2020-12) of what a function takes and answers.
package struct FunctionSchema: Sendable {
    private let function: FunctionDeclaration

    /// Describes a function.
    package init(_ function: FunctionDeclaration) { self.function = function }

    /// What callers give.
    package var input: JSONValue {
        let given = function.parameters.filter(\.isGiven)
        return Self.object(
            given.map { ($0.name, Self.described($0)) },
            required: given.filter(\.isRequired).map(\.name)
        )
    }

    /// What answers hold.
    package var output: JSONValue {
        var properties: [(String, JSONObject)] = []
        if function.showsReturned, let type = function.returned.type {
            properties.append(
                (
                    function.returned.name,
                    Self.written(type, function.returned.encoding, isAddress: function.returned.isByAddress)
                )
            )
        }
        for parameter in function.parameters where parameter.isShown {
            // What the function makes itself may be NULL.
            let isAddress = parameter.isMade
            properties.append(
                (
                    parameter.name,
                    Self.written(
                        parameter.type,
                        parameter.encoding,
                        isAddress: isAddress || parameter.isOptional
                    )
                )
            )
        }
        return Self.object(properties, required: properties.map(\.0))
    }

    private static func object(_ properties: [(String, JSONObject)], required: [String]) -> JSONValue {
        [
            "type": "object",
            "properties": .object(JSONObject(properties.map { ($0.0, .object($0.1)) })),
            "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
    }

    private static func described(_ parameter: Parameter) -> JSONObject {
        var schema = given(parameter.type, parameter.encoding)
        if parameter.type == .string, parameter.direction == .inout, let capacity = parameter.capacity {
            schema["maxLength"] = .integer(Int64(capacity - 1))
        }
        if case .array(_, nil) = parameter.type, parameter.direction == .inout,
            let capacity = parameter.capacity
        {
            schema["maxItems"] = .integer(Int64(capacity))
        }
        if let description = parameter.description { schema["description"] = .string(description) }
        schema["default"] = parameter.fallback
        return schema
    }

    // MARK: What is given

    private static func given(_ type: ValueType, _ encoding: Parameter.Encoding = .base64) -> JSONObject {
        switch type {
        case .scalar(let scalar): given(scalar)
        case .enumeration(let enumeration):
            ["type": "string", "enum": .array(enumeration.cases.map { .string($0.name) })]
        case .structure(let structure): fields(of: structure) { given($0) }
        case .handle(let kind): handle(kind)
        case .string: ["type": "string"]
        case .bytes: bytes(encoding)
        case .null: ["type": "null"]
        case .array(let element, let count): list(of: given(element), count)
        }
    }

    private static func given(_ scalar: Scalar) -> JSONObject {
        switch scalar.form {
        case .bool: return ["type": "boolean"]
        case .floating: return ["type": "number"]
        case .signed, .unsigned:
            guard scalar.size == 8 else {
                return [
                    "type": "integer", "minimum": .integer(scalar.minimum),
                    "maximum": .integer(Int64(scalar.maximum)),
                ]
            }
            // Beyond 2^53 not every client writes a number as it was meant.
            let isSigned = scalar.form == .signed
            let greatest = Int64(ScalarValue.greatestExact)
            return [
                "type": ["integer", "string"], "minimum": .integer(isSigned ? -greatest : 0),
                "maximum": .integer(greatest), "pattern": isSigned ? "^-?[0-9]{1,19}$" : "^[0-9]{1,20}$",
            ]
        }
    }

    // MARK: What is written

    private static func written(
        _ type: ValueType,
        _ encoding: Parameter.Encoding = .base64,
        isAddress: Bool = false
    ) -> JSONObject {
        var isNullable = isAddress
        let schema: JSONObject
        switch type {
        case .scalar(let scalar):
            schema =
                scalar.form == .floating
                ? ["anyOf": [["type": "number"], ["enum": ["NaN", "Infinity", "-Infinity"]]]] : given(scalar)
        case .enumeration(let enumeration):
            let names = JSONValue.array(enumeration.cases.map { .string($0.name) })
            schema = ["anyOf": [["enum": names], .object(given(enumeration.scalar))]]
        case .structure(let structure):
            schema = fields(of: structure) { written($0, isAddress: $0 == .string) }
        case .handle(let kind):
            schema = handle(kind)
            isNullable = true
        case .string: schema = ["type": "string"]
        case .bytes: schema = bytes(encoding)
        case .null: schema = ["type": "null"]
        case .array(let element, let count):
            schema = list(of: written(element, isAddress: element == .string), count)
        }
        return isNullable ? ["anyOf": [.object(schema), ["type": "null"]]] : schema
    }

    // MARK: Parts

    private static func fields(of structure: Structure, _ schema: (ValueType) -> JSONObject) -> JSONObject {
        object(structure.fields.map { ($0.name, schema($0.type)) }, required: structure.fields.map(\.name))
            .object ?? [:]
    }

    private static func handle(_ kind: HandleKind) -> JSONObject {
        [
            "type": "string", "pattern": .string("^\(kind.name)-"),
            "description": .string("A handle of the kind \(kind.name)."),
        ]
    }

    private static func bytes(_ encoding: Parameter.Encoding) -> JSONObject {
        encoding == .text ? ["type": "string"] : ["type": "string", "contentEncoding": "base64"]
    }

    private static func list(of element: JSONObject, _ count: Int?) -> JSONObject {
        var schema: JSONObject = ["type": "array", "items": .object(element)]
        if let count {
            schema["minItems"] = .integer(Int64(count))
            schema["maxItems"] = .integer(Int64(count))
        }
        return schema
    }
}
