/// Writes compact JSON on one line, value by value, and can paste text that is JSON already.
///
/// ```
/// var writer = JSONWriter()
/// writer.object { object in
///     object.member("id", 7)
///     object.member("result", raw: bytesFromThePlugin)
/// }
/// ```
///
/// Numbers that JSON cannot express (NaN, infinities) are written as null.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Creates a writer with nothing written, and room for `capacity` bytes.
    public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// Writes one value.
    public mutating func value(_ value: JSONValue) {
        separate()
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .number(let number): append(number)
        case .string(let text): JSONText.append(text, to: &bytes)
        case .array(let elements):
            open("[")
            for element in elements { self.value(element) }
            close("]")
        case .object(let object):
            open("{")
            for member in object.members { self.member(member.key, member.value) }
            close("}")
        }
    }

    /// Writes a string value.
    public mutating func string(_ text: String) {
        separate()
        JSONText.append(text, to: &bytes)
    }

    /// Pastes text that is one complete JSON value already.
    public mutating func raw(_ text: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: text)
    }

    /// Pastes text that is one complete JSON value already.
    public mutating func raw(_ text: ArraySlice<UInt8>) {
        separate()
        bytes.append(contentsOf: text)
    }

    /// Pastes text that is one complete JSON value already.
    public mutating func raw(_ text: [UInt8]) { raw(text[...]) }

    /// Writes a member of the object that is being written.
    public mutating func member(_ key: String, _ value: JSONValue) {
        self.key(key)
        self.value(value)
    }

    /// Writes a member whose value is a string.
    public mutating func member(_ key: String, string: String) {
        self.key(key)
        self.string(string)
    }

    /// Writes a member whose value is JSON text already.
    public mutating func member(_ key: String, raw: some Collection<UInt8>) {
        self.key(key)
        self.raw(raw)
    }

    /// Writes a key; exactly one value must follow.
    public mutating func key(_ key: String) {
        separate()
        JSONText.append(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes an object whose members `body` writes.
    public mutating func object<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        separate()
        open("{")
        try body(&self)
        close("}")
    }

    /// Writes an array whose elements `body` writes.
    public mutating func array<E: Error>(_ body: (inout JSONWriter) throws(E) -> Void) throws(E) {
        separate()
        open("[")
        try body(&self)
        close("]")
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    private mutating func append(_ number: Double) {
        if let whole = Int64(exactly: number), abs(number) < 1e15 {
            bytes.append(contentsOf: String(whole).utf8)
        } else if number.isFinite {
            bytes.append(contentsOf: "\(number)".utf8)
        } else {
            bytes.append(contentsOf: "null".utf8)
        }
    }
}
