/// Escapes and character classes.
extension ECMAParser {
    /// What stands after a backslash.
    mutating func escape() throws(ECMAPatternError) -> ECMANode {
        guard let scalar = next() else { throw ECMAPatternError(reason: "it ends with a backslash") }
        switch scalar {
        case "1"..."9":
            var text = "\\\(scalar)"
            while let digit = peek, ("0"..."9").contains(digit) {
                text.unicodeScalars.append(digit)
                place += 1
            }
            return .reference(text)
        case "k":
            guard take("<"), let end = source[place...].firstIndex(of: ">") else {
                throw ECMAPatternError(reason: "\\k needs a group's name in angle brackets")
            }
            defer { place = end + 1 }
            return .reference("\\k<" + String(String.UnicodeScalarView(source[place..<end])) + ">")
        default:
            var set = ScalarSet()
            if let single = try insertEscape(scalar, into: &set) { set.insert(single) }
            return .set(set)
        }
    }

    /// What stands after an opening bracket, up to the closing one.
    mutating func characterClass() throws(ECMAPatternError) -> ScalarSet {
        var set = ScalarSet()
        set.isNegated = take("^")
        while let scalar = next() {
            if scalar == "]" { return set }
            guard let low = try classAtom(scalar, into: &set) else { continue }
            if peek == "-", place + 1 < source.count, source[place + 1] != "]" {
                place += 1
                guard let scalar = next(), let high = try classAtom(scalar, into: &set) else {
                    throw ECMAPatternError(reason: "a range must end with a character")
                }
                guard low <= high else { throw ECMAPatternError(reason: "a range in [] is out of order") }
                set.ranges.append(low.value...high.value)
            } else {
                set.insert(low)
            }
        }
        throw ECMAPatternError(reason: "a [ is not closed")
    }

    /// The scalar of one atom, or nil when it was a set that is already in `set`.
    private mutating func classAtom(
        _ scalar: Unicode.Scalar,
        into set: inout ScalarSet
    ) throws(ECMAPatternError) -> Unicode.Scalar? {
        guard scalar == "\\" else { return scalar }
        guard let escape = next() else { throw ECMAPatternError(reason: "it ends with a backslash") }
        return escape == "b" ? "\u{08}" : try insertEscape(escape, into: &set)
    }

    /// The scalar an escape stands for, or nil when it stands for a set, which goes into `set`.
    private mutating func insertEscape(
        _ scalar: Unicode.Scalar,
        into set: inout ScalarSet
    ) throws(ECMAPatternError) -> Unicode.Scalar? {
        switch scalar {
        case "d": set.ranges += ScalarSet.digits.ranges
        case "w": set.ranges += ScalarSet.words.ranges
        case "s": set.ranges += ScalarSet.blanks.ranges
        case "D": set.insertComplement(of: .digits)
        case "W": set.insertComplement(of: .words)
        case "S": set.insertComplement(of: .blanks)
        case "p", "P":
            guard take("{"), let end = source[place...].firstIndex(of: "}") else {
                throw ECMAPatternError(reason: "\\\(scalar) needs a property in braces")
            }
            let name = String(String.UnicodeScalarView(source[place..<end]))
            set.properties.append(ScalarProperty(name: name, isNegated: scalar == "P"))
            place = end + 1
        default: return try escapedScalar(scalar)
        }
        return nil
    }

    /// The scalar that an escape other than a class stands for.
    private mutating func escapedScalar(_ scalar: Unicode.Scalar) throws(ECMAPatternError) -> Unicode.Scalar {
        switch scalar {
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "v": return "\u{0B}"
        case "f": return "\u{0C}"
        case "0": return "\0"
        case "x": return try hexadecimal(2)
        case "c":
            guard let letter = next(), letter.isASCII, letter.properties.isAlphabetic else {
                throw ECMAPatternError(reason: "\\c needs a letter")
            }
            return Unicode.Scalar(UInt8(letter.value % 32))
        case "u":
            if take("{") {
                var digits = ""
                while let digit = next(), digit != "}" { digits.unicodeScalars.append(digit) }
                guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
                    throw ECMAPatternError(reason: "\\u{\(digits)} is no Unicode scalar")
                }
                return scalar
            }
            return try unicodeEscape()
        case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/", "-":
            return scalar
        default:
            // Without the u flag these stand for themselves; only letters and digits could mean something else.
            if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) {
                return scalar
            }
            throw ECMAPatternError(reason: "\\\(scalar) is no escape of ECMA-262")
        }
    }

    private mutating func unicodeEscape() throws(ECMAPatternError) -> Unicode.Scalar {
        let first = try hexadecimalValue(4)
        if (0xD800..<0xDC00).contains(first), take("\\u") {
            let second = try hexadecimalValue(4)
            if (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                return scalar
            }
        }
        guard let scalar = Unicode.Scalar(first) else {
            throw ECMAPatternError(reason: "an unpaired surrogate")
        }
        return scalar
    }

    private mutating func hexadecimal(_ count: Int) throws(ECMAPatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(try hexadecimalValue(count)) else {
            throw ECMAPatternError(reason: "an unpaired surrogate")
        }
        return scalar
    }

    private mutating func hexadecimalValue(_ count: Int) throws(ECMAPatternError) -> UInt32 {
        var digits = ""
        for _ in 0..<count { if let scalar = next() { digits.unicodeScalars.append(scalar) } }
        guard digits.unicodeScalars.count == count, digits.utf8.first != UInt8(ascii: "+"),
            let value = UInt32(digits, radix: 16)
        else { throw ECMAPatternError(reason: "\"\(digits)\" is not \(count) hexadecimal digits") }
        return value
    }
}
