import RoostJSON

/// The mapping `types`, and names of types wherever they stand.
extension DeclarationReader {
    mutating func readTypes(_ value: JSONValue, _ path: Path) {
        for (name, value) in members(value, path) ?? [] {
            let path = path + [.key(name)]
            if !Self.isName(name) || Scalar(rawValue: name) != nil || Self.words.contains(name) {
                fault(path, "a name of letters, digits and _ that is no C type's", "\"\(name)\"")
                continue
            }
            if let type = namedType(name, value, path) { types[name] = type }
        }
    }

    private static let words = ["string", "bytes", "pointer", "void"]

    private mutating func namedType(_ name: String, _ value: JSONValue, _ path: Path) -> ValueType? {
        guard let object = mapping(value, path, keys: ["struct", "enum", "type", "handle"]) else {
            return nil
        }
        switch (object["struct"], object["enum"], object["handle"]) {
        case (let fields?, nil, nil): return structure(name, fields, path + ["struct"])
        case (nil, let cases?, nil): return enumeration(name, cases, object, path)
        case (nil, nil, let handle?):
            guard let handle = mapping(handle, path + ["handle"], keys: ["release"]) else { return nil }
            guard let release = symbol(handle, "release", path + ["handle"]) else {
                if handle["release"] == nil {
                    fault(path + ["handle"], "the key \"release\" with the function that releases it", "none")
                }
                return nil
            }
            return .handle(HandleKind(name: name, release: release))
        default:
            fault(path, "one of the keys struct, enum and handle", value)
            return nil
        }
    }

    private mutating func structure(_ name: String, _ value: JSONValue, _ path: Path) -> ValueType? {
        var fields: [(name: String, type: ValueType)] = []
        for (index, element) in elements(value, path).enumerated() {
            let path = path + [.index(index)]
            guard let field = mapping(element, path, keys: ["name", "type"]),
                let label = label(field, path, among: fields.map(\.name)), let type = type(field, path)
            else { continue }
            guard Self.fitsInside(type) else {
                fault(
                    path + ["type"],
                    "a number, an enum, a struct, a string, or an array of them with its length",
                    field["type"] ?? .null
                )
                continue
            }
            fields.append((label, type))
        }
        guard !fields.isEmpty else {
            if faults.isEmpty { fault(path, "at least one field", "none") }
            return nil
        }
        return .structure(Structure(name: name, fields: fields))
    }

    /// True for what can stand in a struct or an array.
    static func fitsInside(_ type: ValueType) -> Bool {
        switch type {
        case .scalar, .enumeration, .structure, .string: true
        case .array(let element, .some): fitsInside(element)
        case .array, .handle, .bytes, .null: false
        }
    }

    private mutating func enumeration(
        _ name: String,
        _ value: JSONValue,
        _ object: JSONObject,
        _ path: Path
    ) -> ValueType? {
        var scalar = Scalar.int
        if object["type"] != nil {
            guard case .scalar(let given)? = type(object, path), given.isInteger else {
                fault(path + ["type"], "an integer type such as int", object["type"] ?? .null)
                return nil
            }
            scalar = given
        }
        var cases: [Enumeration.Case] = []
        for (label, value) in members(value, path + ["enum"]) ?? [] {
            guard let number = scalar.value(of: value)?.integer else {
                fault(path + ["enum", .key(label)], "an integer that fits \(scalar.rawValue)", value)
                continue
            }
            cases.append(Enumeration.Case(name: label, value: number))
        }
        return .enumeration(Enumeration(name: name, scalar: scalar, cases: cases))
    }

    /// The member `name`, unlike those before it.
    mutating func label(_ object: JSONObject, _ path: Path, among names: [String]) -> String? {
        guard let name = text(object, "name", path) else {
            if object["name"] == nil { fault(path, "the key \"name\"", "none") }
            return nil
        }
        if !Self.isName(name) {
            fault(path + ["name"], "a name of letters, digits and _", "\"\(name)\"")
        } else if names.contains(name) {
            fault(path + ["name"], "each name once", "\"\(name)\" again")
        } else {
            return name
        }
        return nil
    }

    /// The member `type`: a name, `name[]` or `name[4]`.
    mutating func type(_ object: JSONObject, _ path: Path) -> ValueType? {
        guard let text = text(object, "type", path) else {
            if object["type"] == nil { fault(path, "the key \"type\"", "none") }
            return nil
        }
        return type(named: text, path + ["type"])
    }

    mutating func type(named text: String, _ path: Path) -> ValueType? {
        guard text.hasSuffix("]"), let bracket = text.firstIndex(of: "[") else {
            if let type = simpleType(text) { return type }
            fault(path, "a type: \(knownTypes)", "\"\(text)\"")
            return nil
        }
        let inside = text[text.index(after: bracket)...].dropLast()
        guard let element = simpleType(String(text[..<bracket])), Self.fitsInside(element) else {
            fault(path, "an array of numbers, enums, structs or strings", "\"\(text)\"")
            return nil
        }
        if inside.isEmpty { return .array(element, count: nil) }
        guard let count = Int(inside), (1...1_000_000).contains(count) else {
            fault(path, "a length from 1 to 1000000 in the brackets, or none", "\"\(text)\"")
            return nil
        }
        return .array(element, count: count)
    }

    private func simpleType(_ name: String) -> ValueType? {
        switch name {
        case "string": .string
        case "bytes": .bytes
        case "pointer": .null
        default: Scalar(rawValue: name).map(ValueType.scalar) ?? types[name]
        }
    }

    private var knownTypes: String {
        (Scalar.allCases.map(\.rawValue) + Self.words.dropLast() + types.keys.sorted()).joined(
            separator: ", "
        )
    }
}
