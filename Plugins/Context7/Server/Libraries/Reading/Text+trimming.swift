extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String { trimmed { $0.isWhitespace } }

    /// Without any of these characters at both ends.
    func trimmed(of characters: String) -> String { trimmed { characters.contains($0) } }

    private func trimmed(_ isOutside: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isOutside($0) }),
            let last = lastIndex(where: { !isOutside($0) })
        else { return "" }
        return String(self[first...last])
    }

    /// How many blanks the line begins with; a tab counts four.
    var indentation: Int {
        var count = 0
        for sign in utf8 {
            if sign == 0x20 { count += 1 } else if sign == 0x09 { count += 4 } else { break }
        }
        return count
    }
}
