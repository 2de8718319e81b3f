/// Cuts a long text into passages that the model reads whole.
///
/// The model looks at about 200 words; what comes later in a text would not be found. A passage overlaps the one before, so
/// that a thought on the border stands whole in one of them.
enum Passages {
    /// Words of a passage.
    static let words = 160
    /// Words that a passage shares with the one before.
    static let overlap = 32
    /// A text longer than this many passages is found by its beginning only.
    static let most = 64

    /// The whole text when it is short, and its passages otherwise.
    static func cut(_ text: String) -> [String] {
        // Most texts are short: nobody has to look for words to know that.
        guard text.utf8.count > words * 3 else { return [text] }
        let utf8 = text.utf8
        var starts: [String.Index] = []
        var isInside = false
        for index in utf8.indices {
            let isSpace = utf8[index] == 0x20 || (utf8[index] >= 0x09 && utf8[index] <= 0x0D)
            if !isSpace, !isInside { starts.append(index) }
            isInside = !isSpace
        }
        guard starts.count > words + overlap else { return [text] }
        var passages: [String] = []
        var first = 0
        while first < starts.count, passages.count < most {
            let end = first + words
            passages.append(String(text[starts[first]..<(end < starts.count ? starts[end] : text.endIndex)]))
            if end >= starts.count { break }
            first = end - overlap
        }
        return passages
    }

    /// What a text's vectors are made of: the text itself, and behind it its passages when it is long.
    static func embedded(_ text: String) -> [String] {
        let passages = cut(text)
        return passages.count == 1 ? [text] : [text] + passages
    }
}
