/// Digits and letters only: text that survives a double click, a shell and a URL.
enum Base62 {
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The number that the bytes are, most significant first, in exactly so many digits; higher ones are cut off.
    static func text(of bytes: ArraySlice<UInt8>, length: Int) -> String {
        var number = Array(bytes)
        var text: [UInt8] = []
        for _ in 0..<length {
            var rest = 0
            for place in number.indices {
                let value = rest << 8 | Int(number[place])
                number[place] = UInt8(value / 62)
                rest = value % 62
            }
            text.append(digits[rest])
        }
        return String(decoding: text.reversed(), as: UTF8.self)
    }

    static func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
