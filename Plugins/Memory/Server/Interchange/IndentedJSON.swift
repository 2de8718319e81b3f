/// Spreads compact JSON over lines, two blanks a level, exactly as `JSON.stringify(value, null, 2)` does.
package enum IndentedJSON {
    /// Spreads one JSON value.
    ///
    /// - Parameter compact: Valid JSON without blanks between its tokens.
    /// - Returns: The same value over several lines, without a newline after the last.
    package static func text(of compact: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(compact.count * 3 / 2)
        var depth = 0
        var isInString = false
        var index = 0
        while index < compact.count {
            let byte = compact[index]
            index += 1
            if isInString {
                result.append(byte)
                if byte == UInt8(ascii: "\\"), index < compact.count {
                    result.append(compact[index])
                    index += 1
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                result.append(byte)
                if index < compact.count, compact[index] == byte + 2 {
                    // "{" and "}" stand two apart in ASCII, and so do "[" and "]": nothing inside, nothing to indent.
                    result.append(compact[index])
                    index += 1
                } else {
                    depth += 1
                    breakLine(depth, &result)
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                breakLine(depth, &result)
                result.append(byte)
            case UInt8(ascii: ","):
                result.append(byte)
                breakLine(depth, &result)
            case UInt8(ascii: ":"):
                result.append(contentsOf: [byte, UInt8(ascii: " ")])
            default:
                isInString = byte == UInt8(ascii: "\"")
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func breakLine(_ depth: Int, _ result: inout [UInt8]) {
        result.append(UInt8(ascii: "\n"))
        result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
}
