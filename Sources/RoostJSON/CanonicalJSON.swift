/// Writes JSON so that two texts come out the same exactly when they mean the same.
///
/// - Members stand in the order of their keys' bytes; blanks are gone. A key that stands twice was refused by the reader.
/// - Numbers are equal as JSON Schema says (2020-12, section 4.2.2): 1, 1.0 and 1e0 are one number. Minus zero stays apart
///   from zero, because a double tells them apart. A number of more than 38 digits stands as it came.
/// - Strings are equal when they have the same code points, however they are escaped: nothing is normalised, "é" is not
///   "e" with an accent. Half a surrogate pair stays the escape it was.
///
/// The order, the number form below 10²¹ and the escapes are those of RFC 8785.
package enum CanonicalJSON {
    /// Appends a value.
    package static func append(_ value: JSONView, to bytes: inout [UInt8]) {
        switch value.kind {
        case .null, .bool: bytes.append(contentsOf: value.bytes)
        case .number: append(number: value, to: &bytes)
        case .string: append(string: value.bytes, to: &bytes)
        case .array:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in value.elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object: append(object: value, to: &bytes)
        }
    }

    /// A value on its own.
    package static func bytes(of value: JSONView) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.bytes.count + 8)
        append(value, to: &bytes)
        return bytes
    }

    private static func append(object: JSONView, to bytes: inout [UInt8]) {
        var members: [(key: [UInt8], value: JSONView)] = []
        members.reserveCapacity(object.count)
        for member in object.memberViews {
            var key: [UInt8] = []
            append(string: member.key.bytes, to: &key)
            members.append((key, member.value))
        }
        if members.count > 1 { members.sort { $0.key.lexicographicallyPrecedes($1.key) } }
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: member.key)
            bytes.append(UInt8(ascii: ":"))
            append(member.value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    // MARK: Numbers

    private static func append(number: JSONView, to bytes: inout [UInt8]) {
        let text = number.bytes
        let isNegative = text.first == UInt8(ascii: "-")
        let isPlain = text.count <= 19 && text.dropFirst(isNegative ? 1 : 0).allSatisfy(isDigit)
        guard !isPlain, let decimal = JSONDecimal(number) else {
            return bytes.append(contentsOf: text)
        }
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        let digits = Array(String(decimal.significand.magnitude).utf8)
        // Where the point stands, counted from the first digit.
        let point = digits.count + decimal.exponent
        switch point {
        case digits.count...21 where decimal.exponent >= 0:
            bytes.append(contentsOf: digits)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: decimal.exponent))
        case 1...21:
            bytes.append(contentsOf: digits[..<point])
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: digits[point...])
        case -5...0:
            bytes.append(contentsOf: "0.".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
            bytes.append(contentsOf: digits)
        default:
            bytes.append(digits[0])
            if digits.count > 1 {
                bytes.append(UInt8(ascii: "."))
                bytes.append(contentsOf: digits[1...])
            }
            bytes.append(contentsOf: "e\(point > 0 ? "+" : "")\(point - 1)".utf8)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    // MARK: Strings

    /// Appends a string from its text with quotes, which the reader found to be valid.
    private static func append(string text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        guard text.contains(UInt8(ascii: "\\")) else { return bytes.append(contentsOf: text) }
        bytes.append(UInt8(ascii: "\""))
        var rest = text.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch escape {
            case UInt8(ascii: "u"): append(scalar: unit(&rest), &rest, to: &bytes)
            case UInt8(ascii: "/"): bytes.append(escape)
            default: bytes.append(contentsOf: [byte, escape])
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(scalar unit: UInt32, _ rest: inout ArraySlice<UInt8>, to bytes: inout [UInt8])
    {
        if unit >> 10 == 0x36, rest.starts(with: #"\u"#.utf8) {
            var later = rest.dropFirst(2)
            let low = self.unit(&later)
            if low >> 10 == 0x37, let pair = Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)) {
                rest = later
                return bytes.append(contentsOf: UTF8.encode(pair).map(Array.init) ?? [])
            }
        }
        switch unit {
        case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0x22, 0x5C: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(unit)])
        case 0x20..<0xD800, 0xE000...:
            bytes.append(
                contentsOf: Unicode.Scalar(unit).flatMap { UTF8.encode($0) }.map(Array.init) ?? []
            )
        default:
            let digits = String(unit, radix: 16)
            bytes.append(contentsOf: #"\u"#.utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.count))
            bytes.append(contentsOf: digits.utf8)
        }
    }

    /// Takes four hexadecimal digits.
    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt32 {
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0xFFFD
    }
}
