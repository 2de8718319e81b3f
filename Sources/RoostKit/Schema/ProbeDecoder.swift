/// Answers every question of a decoding type with a made-up value, and notes the question.
struct ProbeDecoder: Decoder {
    let record: ProbeRecord
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(ProbeKeyedContainer<Key>(record: record))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SchemaError(
            "expected members with names, found a type that decodes from an array by hand. Give the tool an "
                + "outputSchema() of its own"
        )
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        ProbeValueContainer(record: record)
    }
}

/// Notes the members of an object.
struct ProbeKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let record: ProbeRecord
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) throws -> Bool {
        record.noteNilCheck(of: key.stringValue)
        return false
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        do {
            let (schema, sample) = try SchemaProbe.probe(type, inside: record.path)
            record.add(schema, for: key.stringValue)
            return sample
        } catch let error as SchemaError {
            throw error.within("member '\(key.stringValue)'")
        }
    }

    /// Needed beside the above: an optional member may contain its own type, and then goes without a sample.
    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        record.noteNilCheck(of: key.stringValue)
        do {
            return try decode(type, forKey: key)
        } catch is SchemaProbe.SelfContained {
            record.add(["type": "object"], for: key.stringValue)
            return nil
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw unforeseen(key)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw unforeseen(key)
    }

    func superDecoder() throws -> any Decoder { throw SchemaError("expected a structure, found a subclass") }

    func superDecoder(forKey key: Key) throws -> any Decoder { throw unforeseen(key) }

    private func unforeseen(_ key: Key) -> SchemaError {
        SchemaError(
            "expected a member that decodes as one type, found one decoded by hand or an enum with values. "
                + "Give the tool an outputSchema() of its own",
            in: "member '\(key.stringValue)'"
        )
    }
}

/// Notes that a type decodes as a single value of another.
struct ProbeValueContainer: SingleValueDecodingContainer {
    let record: ProbeRecord
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let (schema, sample) = try SchemaProbe.probe(type, inside: record.path)
        record.become(schema)
        return sample
    }
}
