/// Characters that a person does not see and a model reads: zero width, changes of direction, tags, controls.
enum InvisibleCharacters {
    /// How many there are and which comes first, as the rest of a sentence after "has"; nil when there are none.
    static func description(in text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        let found = scalars.indices.filter { isInvisible(scalars, at: $0) }
        guard let first = found.first else { return nil }
        let digits = String(scalars[first].value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let count =
            found.count == 1 ? "a character that is not seen" : "\(found.count) characters that are not seen"
        return "\(count), \(found.count == 1 ? "" : "the first ")\(code) at position \(first + 1)"
    }

    /// The text as a person sees it.
    static func removed(from text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var seen = String.UnicodeScalarView()
        for place in scalars.indices where !isInvisible(scalars, at: place) { seen.append(scalars[place]) }
        return String(seen)
    }

    private static func isInvisible(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        switch scalars[place].value {
        // A line's end and a tab are layout.
        case 0x09, 0x0A, 0x0D: return false
        case 0..<0x20, 0x7F..<0xA0: return true
        // Joiners hold letters of some scripts and parts of emoji together: between those they are spelling.
        case 0x200C, 0x200D:
            return place == 0 || place + 1 >= scalars.count || scalars[place - 1].isASCII
                || scalars[place + 1].isASCII
        case 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F,
            0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            return true
        default: return false
        }
    }
}
