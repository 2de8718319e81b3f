/// A text made ready for case-insensitive search, exactly as upstream's String.toLowerCase makes it.
///
/// That is Unicode's full lowercase mapping without a language: "İ" becomes "i̇", and "Σ" becomes "ς" at the end of a word.
/// SQLite's LIKE and lower() know ASCII only. The folded form is stored beside each searched column, so that a search is a
/// byte comparison inside SQLite; should the mapping ever change, a migration folds again.
enum FoldedText {
    static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return String(decoding: text.utf8.map(lowercasedASCII), as: UTF8.self)
        }
        let scalars = Array(text.unicodeScalars)
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for place in scalars.indices {
            if scalars[place] == "Σ" {
                result.unicodeScalars.append(endsWord(at: place, in: scalars) ? "ς" : "σ")
            } else {
                result.unicodeScalars.append(
                    contentsOf: scalars[place].properties.lowercaseMapping.unicodeScalars
                )
            }
        }
        return result
    }

    private static func lowercasedASCII(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
    }

    /// The condition Final_Sigma of the Unicode Standard, section 3.13.
    private static func endsWord(at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = scalars[..<place].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(place + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }
}
