/// Finds escapes that stand for half a UTF-16 pair, which JavaScript strings can hold and Unicode text cannot.
enum UnpairedSurrogates {
    /// True when valid JSON text has an escape from \ud800 to \udfff without its partner.
    static func occur(in json: [UInt8]) -> Bool {
        var index = 0
        while index < json.count {
            guard json[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            guard let unit = unit(at: index, in: json) else {
                index += 2
                continue
            }
            index += 6
            if (0xDC00...0xDFFF).contains(unit) { return true }
            if (0xD800...0xDBFF).contains(unit) {
                guard let next = self.unit(at: index, in: json), (0xDC00...0xDFFF).contains(next) else {
                    return true
                }
                index += 6
            }
        }
        return false
    }

    private static func unit(at index: Int, in json: [UInt8]) -> Int? {
        guard index + 5 < json.count, json[index] == UInt8(ascii: "\\"), json[index + 1] == UInt8(ascii: "u")
        else {
            return nil
        }
        return Int(String(decoding: json[(index + 2)...(index + 5)], as: UTF8.self), radix: 16)
    }
}
