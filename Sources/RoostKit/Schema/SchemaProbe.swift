import FoundationEssentials

/// Works out the JSON Schema of a Codable type by letting it decode itself from a decoder that makes every
/// value up.
///
/// What the type asks for is what it encodes: members by their coding keys, optionals because they ask for
/// nil first, arrays, dictionaries, nested structures, enums that list their cases. A type that contains
/// itself is described openly at the second meeting.
enum SchemaProbe {
    /// - Throws: ``SchemaError`` when the type decodes in a way that cannot be foreseen.
    static func schema<T: Decodable>(of type: T.Type) throws -> JSONObject {
        try probe(type, inside: []).schema
    }

    /// Types whose JSON is fixed by ``OutputCoding``, or whose values cannot be made up by decoding.
    private static func leaf(_ type: Any.Type) -> (schema: JSONObject, sample: Any)? {
        switch type {
        case is Bool.Type: (["type": "boolean"], false)
        case is String.Type: (["type": "string"], "")
        case is Double.Type: (["type": "number"], 0.0)
        case is Float.Type: (["type": "number"], Float(0))
        case is Date.Type: (["type": "string", "format": "date-time"], Date(timeIntervalSince1970: 0))
        case is Data.Type: (["type": "string", "contentEncoding": "base64"], Data())
        case is UUID.Type: (["type": "string", "format": "uuid"], UUID())
        case is Decimal.Type: (["type": "number"], Decimal(0))
        case is JSONValue.Type: ([:], JSONValue.null)
        case is URL.Type: URL(string: "about:blank").map { (["type": "string", "format": "uri"], $0) }
        case let integer as any FixedWidthInteger.Type: (["type": "integer"], zero(of: integer))
        default: nil
        }
    }

    private static func zero<I: FixedWidthInteger>(of type: I.Type) -> Any { I.zero }

    static func probe<T: Decodable>(
        _ type: T.Type,
        inside outer: [ObjectIdentifier]
    ) throws -> (schema: JSONObject, sample: T) {
        if let (schema, sample) = leaf(type), let sample = sample as? T { return (schema, sample) }
        if let known = type as? any ProbedType.Type {
            let (schema, sample) = try known.probed(inside: outer)
            if let sample = sample as? T { return (schema, sample) }
        }
        if let choice = type as? any (CaseIterable & RawRepresentable).Type, let found = choices(of: choice),
            let sample = found.sample as? T
        {
            return (found.schema, sample)
        }
        let identity = ObjectIdentifier(type)
        guard !outer.contains(identity) else { throw SelfContained() }
        let record = ProbeRecord(path: outer + [identity])
        do {
            let sample = try T(from: ProbeDecoder(record: record))
            return (record.schema, sample)
        } catch let error as SchemaError {
            throw error.within("\(type)")
        } catch let error as SelfContained {
            throw error
        } catch {
            throw SchemaError(
                "expected a type whose values can be made up, found one that refuses them (\(error)). "
                    + "Make an enum CaseIterable, or give the tool an outputSchema() of its own",
                in: "\(type)"
            )
        }
    }

    private static func choices<C: CaseIterable & RawRepresentable>(
        of type: C.Type
    ) -> (schema: JSONObject, sample: Any)? {
        guard let sample = C.allCases.first else { return nil }
        let values: [JSONValue] = C.allCases.compactMap { value in
            if let text = value.rawValue as? String { return .string(text) }
            if let integer = value.rawValue as? Int { return .integer(Int64(integer)) }
            return nil
        }
        guard values.count == C.allCases.count else { return nil }
        let kind: JSONValue = C.RawValue.self == String.self ? "string" : "integer"
        return (["type": kind, "enum": .array(values)], sample)
    }

    /// A type met inside itself: whoever can do without a sample of it says so.
    struct SelfContained: Error {}
}

/// Generic containers of the standard library, whose element types the probe must see.
protocol ProbedType {
    static func probed(inside outer: [ObjectIdentifier]) throws -> (schema: JSONObject, sample: Any)
}

extension Array: ProbedType where Element: Decodable {
    static func probed(inside outer: [ObjectIdentifier]) throws -> (schema: JSONObject, sample: Any) {
        let items = try SchemaProbe.openly { try SchemaProbe.probe(Element.self, inside: outer).schema }
        return (["type": "array", "items": .object(items)], [Element]())
    }
}

extension Dictionary: ProbedType where Key == String, Value: Decodable {
    static func probed(inside outer: [ObjectIdentifier]) throws -> (schema: JSONObject, sample: Any) {
        let values = try SchemaProbe.openly { try SchemaProbe.probe(Value.self, inside: outer).schema }
        return (["type": "object", "additionalProperties": .object(values)], [String: Value]())
    }
}

extension Optional: ProbedType where Wrapped: Decodable {
    static func probed(inside outer: [ObjectIdentifier]) throws -> (schema: JSONObject, sample: Any) {
        let wrapped = try SchemaProbe.openly { try SchemaProbe.probe(Wrapped.self, inside: outer).schema }
        let sample: Wrapped? = nil
        return (["anyOf": [.object(wrapped), ["type": "null"]]], sample as Any)
    }
}

extension SchemaProbe {
    /// Describes a type that turned out to contain itself as any object.
    static func openly(_ body: () throws -> JSONObject) throws -> JSONObject {
        do {
            return try body()
        } catch is SelfContained {
            return ["type": "object"]
        }
    }
}
