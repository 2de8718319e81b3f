/// Characters that a reader does not see and a model does: a way to hide instructions in a text.
enum HiddenCharacters {
    /// True when a text has characters that turn its direction, tags, or invisible ones in number.
    static func isIn(_ text: String) -> Bool {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        return text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x202A...0x202E, 0x2066...0x2069, 0xE0000...0xE007F, 0x200B, 0x2060...0x2064,
                0xFFF9...0xFFFB:
                true
            default: false
            }
        }
    }
}
