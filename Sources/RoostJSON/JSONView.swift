/// One value inside a ``JSONDocument``.
///
/// Keeps its document alive. Reading a member or a string costs time in proportion to its size, nothing else is decoded.
public struct JSONView: Sendable {
    let storage: JSONStorage
    let index: Int

    private var node: JSONNode { storage.nodes[index] }

    /// What the value is.
    public var kind: JSONKind { node.kind }

    /// The value's text exactly as it came, without surrounding blanks.
    public var bytes: ArraySlice<UInt8> { storage.bytes[Int(node.start)..<Int(node.end)] }

    /// How many elements or members the value has; 0 for scalars.
    public var count: Int { Int(node.count) }

    /// True for the literal null.
    public var isNull: Bool { kind == .null }

    /// The truth value, or nil when this is not a boolean.
    public var bool: Bool? { kind == .bool ? storage.bytes[Int(node.start)] == UInt8(ascii: "t") : nil }

    /// The decoded text, or nil when this is not a string.
    ///
    /// An unpaired surrogate escape reads as U+FFFD.
    public var string: String? {
        guard kind == .string else { return nil }
        let text = storage.bytes[(Int(node.start) + 1)..<(Int(node.end) - 1)]
        return node.isEscaped ? JSONText.unescape(text) : String(decoding: text, as: UTF8.self)
    }

    /// The number as it was written, or nil when this is not a number.
    public var numberText: String? { kind == .number ? String(decoding: bytes, as: UTF8.self) : nil }

    /// The exact integer, or nil when this is not a number, has a fraction, or leaves the range of Int64.
    ///
    /// 42, 42.0 and 4.2e1 are the same integer (JSON Schema 2020-12, section 4.2.2).
    public var integer: Int64? {
        guard kind == .number else { return nil }
        return JSONText.integer(bytes) ?? JSONDecimal(text: bytes)?.integer
    }

    /// The nearest double, or nil when this is not a number.
    public var double: Double? { numberText.flatMap(Double.init) }

    /// The member with this key, or nil when there is none or this is not an object.
    public subscript(key: String) -> JSONView? {
        guard kind == .object else { return nil }
        var place = index + 1
        let end = Int(node.next)
        while place < end {
            if matches(place, key) { return JSONView(storage: storage, index: place + 1) }
            place = Int(storage.nodes[place + 1].next)
        }
        return nil
    }

    /// The elements of an array in order; empty for anything else.
    public var elements: [JSONView] {
        guard kind == .array else { return [] }
        var result: [JSONView] = []
        result.reserveCapacity(count)
        var place = index + 1
        while place < Int(node.next) {
            result.append(JSONView(storage: storage, index: place))
            place = Int(storage.nodes[place].next)
        }
        return result
    }

    /// The members of an object in the order they were written; empty for anything else.
    public var members: [(key: String, value: JSONView)] {
        guard kind == .object else { return [] }
        var result: [(key: String, value: JSONView)] = []
        result.reserveCapacity(count)
        var place = index + 1
        while place < Int(node.next) {
            let key = JSONView(storage: storage, index: place).string ?? ""
            result.append((key, JSONView(storage: storage, index: place + 1)))
            place = Int(storage.nodes[place + 1].next)
        }
        return result
    }

    /// True when this is a string with exactly this text.
    public func equals(_ text: String) -> Bool { kind == .string && matches(index, text) }

    private func matches(_ place: Int, _ text: String) -> Bool {
        let candidate = storage.nodes[place]
        if candidate.isEscaped {
            return JSONView(storage: storage, index: place).string?.utf8.elementsEqual(text.utf8) ?? false
        }
        var offset = Int(candidate.start) + 1
        guard Int(candidate.end) - 1 - offset == text.utf8.count else { return false }
        for byte in text.utf8 {
            guard storage.bytes[offset] == byte else { return false }
            offset += 1
        }
        return true
    }
}
