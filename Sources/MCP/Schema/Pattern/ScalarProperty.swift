/// A Unicode property, `\p{…}` or `\P{…}`.
struct ScalarProperty: Sendable {
    let name: String
    let isNegated: Bool

    /// True when the scalar has the property; nil for a property that only Swift's Regex knows, such as a script.
    func matches(_ scalar: Unicode.Scalar) -> Bool? {
        guard let has = has(scalar) else { return nil }
        return has != isNegated
    }

    /// The property as Swift's Regex reads it.
    var swiftText: String { "\\\(isNegated ? "P" : "p"){\(name)}" }

    private func has(_ scalar: Unicode.Scalar) -> Bool? {
        let properties = scalar.properties
        switch name {
        case "Any": return true
        case "ASCII": return scalar.isASCII
        case "Alphabetic", "Alpha": return properties.isAlphabetic
        case "Lowercase", "Lower": return properties.isLowercase
        case "Uppercase", "Upper": return properties.isUppercase
        case "White_Space", "space": return properties.isWhitespace
        default:
            guard let code = Self.code(of: name) else { return nil }
            return Self.code(properties.generalCategory).hasPrefix(code)
        }
    }

    /// The short code of a general category by either of its names; a group has one letter.
    private static func code(of name: String) -> String? {
        let plain =
            name.hasPrefix("General_Category=")
            ? String(name.dropFirst(17)) : name.hasPrefix("gc=") ? String(name.dropFirst(3)) : name
        let groups = [
            "Letter": "L", "Mark": "M", "Number": "N", "Punctuation": "P", "Symbol": "S", "Separator": "Z",
            "Other": "C",
            "Lowercase_Letter": "Ll", "Uppercase_Letter": "Lu", "Titlecase_Letter": "Lt",
            "Decimal_Number": "Nd",
        ]
        if let code = groups[plain] { return code }
        let codes: Set<String> = [
            "L", "M", "N", "P", "S", "Z", "C", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl",
            "No", "Pc", "Pd",
            "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
            "Cn",
        ]
        return codes.contains(plain) ? plain : nil
    }

    private static func code(_ category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
