@_spi(_Unicode) import Swift

/// What the model's tokenizer does to a text before it looks for words: BERT's "uncased" rules.
///
/// Control characters go, accents go, letters become small, ideographs and punctuation stand alone. The reference knows
/// the characters of Unicode 8 (its tables were made then), so younger marks and signs are ordinary characters here too.
enum TextNormalization {
    /// What a scalar is to the tokenizer.
    enum Kind: Sendable { case letter, space, punctuation, ideograph, dropped }

    static func kind(_ scalar: Unicode.Scalar) -> Kind {
        let value = scalar.value
        if value < 0x80 { return asciiKind(UInt8(truncatingIfNeeded: value)) }
        if let kind = recategorized[value] { return kind }
        let properties = scalar.properties
        if properties.generalCategory == .control || value == 0xFFFD { return .dropped }
        if properties.isWhitespace { return .space }
        if isIdeograph(value) { return .ideograph }
        switch properties.generalCategory {
        case .privateUse, .surrogate: return .dropped
        case .format: return isKnown(scalar) ? .dropped : .letter
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return isKnown(scalar) ? .punctuation : .letter
        default: return .letter
        }
    }

    /// Small letters without accents.
    static func fold(_ word: String.UnicodeScalarView) -> String.UnicodeScalarView {
        var result = String.UnicodeScalarView()
        for scalar in String(word)._nfd {
            if isAccent(scalar) { continue }
            result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
        }
        return result
    }

    private static func asciiKind(_ byte: UInt8) -> Kind {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: .space
        case 0x00...0x1F, 0x7F: .dropped
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: .punctuation
        default: .letter
        }
    }

    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return false }
        if accents.contains(scalar.value) { return true }
        return scalar.properties.generalCategory == .nonspacingMark && isKnown(scalar)
            && recategorized[scalar.value] == nil
    }

    /// Characters whose category was another one in Unicode 8.
    private static let recategorized: [UInt32: Kind] = [
        0x166D: .punctuation, 0x111C9: .punctuation, 0x1885: .letter, 0x1886: .letter, 0xA9BD: .letter,
    ]
    private static let accents: Set<UInt32> = [0x1734, 0x1171E]

    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        guard let age = scalar.properties.age else { return false }
        return age.major <= 8
    }

    private static func isIdeograph(_ value: UInt32) -> Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
