import RoostJSON

/// Arguments of a function, and what binds them together.
extension DeclarationReader {
    private static let keys = [
        "name", "type", "direction", "pointer", "description", "value", "default", "optional", "of",
        "capacity",
        "free", "encoding",
    ]

    mutating func parameters(_ value: JSONValue, _ path: Path) -> [Parameter] {
        var parameters: [Parameter] = []
        for (index, element) in elements(value, path).enumerated() {
            let path = path + [.index(index)]
            guard let object = mapping(element, path, keys: Self.keys),
                let name = label(object, path, among: parameters.map(\.name)), let type = type(object, path)
            else { continue }
            var parameter = Parameter(name: name, type: type)
            if let direction = choice(object, "direction", path, Parameter.Direction.self) {
                parameter.direction = direction
            }
            parameter.isByAddress = flag(object, "pointer", path) || parameter.direction != .in
            parameter.description = text(object, "description", path)
            parameter.isOptional = flag(object, "optional", path)
            parameter.lengthOf = text(object, "of", path)
            parameter.free = symbol(object, "free", path)
            parameter.encoding = choice(object, "encoding", path, Parameter.Encoding.self) ?? .base64
            parameter.capacity = capacity(object, path)
            parameter.value = constant(object, "value", type, path)
            parameter.fallback = constant(object, "default", type, path)
            check(parameter, object, path)
            parameters.append(parameter)
        }
        return parameters
    }

    private mutating func capacity(_ object: JSONObject, _ path: Path) -> Int? {
        guard let value = object["capacity"] else { return nil }
        if let number = value.integer, (1...(64 << 20)).contains(number) { return Int(number) }
        fault(path + ["capacity"], "a number from 1 to 67108864", value)
        return nil
    }

    private mutating func constant(
        _ object: JSONObject,
        _ key: String,
        _ type: ValueType,
        _ path: Path
    ) -> JSONValue? {
        guard let value = object[key] else { return nil }
        let fits =
            switch type {
            case .scalar(let scalar): scalar.value(of: value) != nil
            case .enumeration(let enumeration): value.string.flatMap(enumeration.value(of:)) != nil
            case .string: value.string.map { !$0.utf8.contains(0) } ?? false
            case .null: value == JSONValue.null
            default: false
            }
        if fits { return type == .null ? JSONValue?.none : value }
        fault(
            path + [.key(key)],
            "a value of the argument's type, which must be a number, an enum or a string",
            value
        )
        return nil
    }

    /// What a parameter says must make sense together.
    private mutating func check(_ parameter: Parameter, _ object: JSONObject, _ path: Path) {
        func refuse(_ key: String, _ expected: String) -> (Path, String, JSONValue) {
            (path + [.key(key)], expected, object[key] ?? .null)
        }
        var found: [(Path, String, JSONValue)] = []
        let isOut = parameter.direction != .in
        switch parameter.type {
        case .null where isOut || object["pointer"] != nil:
            found.append(
                refuse(
                    "type",
                    "another type than pointer, which is always NULL, beside direction and pointer"
                )
            )
        case .handle where parameter.direction == .inout || (parameter.isByAddress && !isOut):
            found.append(refuse("direction", "in or out for a handle"))
        case .array(let element, let count):
            if isOut, Self.holdsStrings(element) {
                found.append(refuse("type", "an array of strings only with direction in"))
            }
            if parameter.direction == .out, count == nil, parameter.capacity == nil {
                found.append(
                    (path, "the key \"capacity\" with the number of elements there is room for", .null)
                )
            }
            if count != nil, parameter.capacity != nil {
                found.append(refuse("capacity", "none beside a length in the type"))
            }
        default: break
        }
        let isText = parameter.type == .string || parameter.type == .bytes
        if parameter.capacity != nil, !isOut || !parameter.type.isBuffer {
            found.append(refuse("capacity", "none but for strings, bytes and arrays that are written"))
        }
        if parameter.free != nil, parameter.direction != .out || !isText || parameter.capacity != nil {
            found.append(
                refuse(
                    "free",
                    "none but for strings and bytes the function makes (direction out, no capacity)"
                )
            )
        }
        if object["optional"] != nil, parameter.isOptional,
            !(parameter.isByAddress || parameter.type.isBuffer || parameter.isHandle)
        {
            found.append(refuse("optional", "none for what is passed by value; write a default"))
        }
        if object["encoding"] != nil, parameter.type != .bytes {
            found.append(refuse("encoding", "none but for bytes"))
        }
        if parameter.value != nil || parameter.fallback != nil, parameter.direction == .out {
            found.append(
                refuse(parameter.value == nil ? "default" : "value", "none for what is only written")
            )
        }
        for (path, expected, value) in found { fault(path, expected, value) }
    }

    private static func holdsStrings(_ type: ValueType) -> Bool {
        switch type {
        case .string: true
        case .array(let element, _): holdsStrings(element)
        default: false
        }
    }

    /// Every length must be an integer, and that of something which has one.
    mutating func checkLengths(_ parameters: [Parameter], _ returned: ReturnedValue, _ path: Path) {
        for (index, parameter) in parameters.enumerated() {
            let path = path + ["arguments", .index(index)]
            if let name = parameter.lengthOf {
                checkLength(parameter, of: name, parameters, returned, path)
            } else if parameter.type == .bytes, parameter.direction == .out, parameter.capacity == nil,
                returned.lengthOf != parameter.name,
                !parameters.contains(where: { $0.lengthOf == parameter.name && $0.direction != .in })
            {
                fault(
                    path,
                    "the key \"capacity\", or an argument with direction out and of: \(parameter.name)",
                    "neither"
                )
            }
        }
        if let name = returned.lengthOf {
            let target = parameters.first { $0.name == name }
            if target.map({ !$0.type.isBuffer || $0.direction == .in }) ?? true {
                fault(
                    path + ["returns", "of"],
                    "an argument that is written: bytes, a string or an array",
                    "\"\(name)\""
                )
            } else if returned.type?.integer == nil {
                fault(path + ["returns", "type"], "an integer type for a length", "another type")
            }
        }
    }

    private mutating func checkLength(
        _ parameter: Parameter,
        of name: String,
        _ parameters: [Parameter],
        _ returned: ReturnedValue,
        _ path: Path
    ) {
        if parameter.type.integer == nil {
            fault(path + ["type"], "an integer type for a length", "another type")
        }
        if name == returned.name, let type = returned.type, type.isBuffer, type != .string {
            if parameter.direction == .in {
                fault(path + ["direction"], "out for the length of what the function returns", "in")
            }
            return
        }
        guard let target = parameters.first(where: { $0.name == name }) else {
            let names = parameters.filter { $0.type.isBuffer }.map(\.name).joined(separator: ", ")
            fault(
                path + ["of"],
                "the name of an argument with a length" + (names.isEmpty ? "" : ": \(names)"),
                "\"\(name)\""
            )
            return
        }
        if !target.type.isBuffer {
            fault(path + ["of"], "an argument with a length: bytes, a string or an array", "\"\(name)\"")
        } else if parameter.direction != .in, target.direction == .in {
            fault(
                path + ["direction"],
                "in for the length of what is only read",
                "\(parameter.direction.rawValue)"
            )
        }
    }
}

extension Parameter {
    /// True for handles of any kind.
    package var isHandle: Bool { if case .handle = type { true } else { false } }
}
