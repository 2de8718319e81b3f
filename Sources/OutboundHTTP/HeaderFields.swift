/// Header fields as they travel: in order, names in any case.
package typealias HeaderFields = [(name: String, value: String)]

extension HeaderFields {
    /// The value of the first field of a name, in any case; nil when there is none.
    package func first(_ name: String) -> String? {
        first { $0.name.isSameField(as: name) }?.value
    }

    /// Every value of a name, in order, put together as RFC 9110 section 5.3 allows; nil when there is none.
    package func joined(_ name: String) -> String? {
        let values = filter { $0.name.isSameField(as: name) }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    package mutating func remove(_ name: String) { removeAll { $0.name.isSameField(as: name) } }

    /// Puts a field in the place of all others of its name.
    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        append((name, value))
    }
}

extension String {
    /// Field names are the same in any case.
    func isSameField(as other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { pair in
                func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
                return lower(pair.0) == lower(pair.1)
            }
    }

    /// True for a token of RFC 9110 section 5.6.2, as names of fields and methods are.
    var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }

    /// True when no byte of it could end a field early.
    var isFieldValue: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } }
}
