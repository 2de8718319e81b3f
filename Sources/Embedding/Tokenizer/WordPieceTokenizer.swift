/// Splits texts into the pieces of words a BERT model knows, and gives their numbers.
///
/// ```
/// "Čau, [SEP] světe"  ──┬─ special pieces by their literal names, as in the reference
///                       ├─ runs without a space      Čau,   světe
///                       ├─ folded: no accents, small cau,   svete
///                       ├─ words and signs           cau ,  svete
///                       └─ longest pieces            ca ##u ,  [SEP]  s ##vet ##e
/// ```
///
/// A word without pieces, or of more than 100 characters, is one unknown piece.
package struct WordPieceTokenizer: Sendable {
    private let vocabulary: Vocabulary
    private let begin: Int32
    private let end: Int32
    private let unknown: Int32
    private let specials: [(name: [UInt8], number: Int32)]

    private static let longestWord = 100

    /// Reads a vocab.txt.
    package init(vocabulary file: [UInt8]) throws(EmbeddingFailure) {
        let vocabulary = Vocabulary(file)
        func number(_ name: String) throws(EmbeddingFailure) -> Int32 {
            if let number = vocabulary.number(of: name) { return number }
            throw EmbeddingFailure(
                .damaged,
                "expected a vocabulary with the piece \(name); it is not among its \(vocabulary.count) lines. Fetch the model again"
            )
        }
        self.vocabulary = vocabulary
        begin = try number("[CLS]")
        end = try number("[SEP]")
        unknown = try number("[UNK]")
        var specials: [(name: [UInt8], number: Int32)] = []
        for name in ["[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]"] {
            specials.append((Array(name.utf8), try number(name)))
        }
        self.specials = specials
    }

    /// How many pieces the vocabulary has.
    package var count: Int { vocabulary.count }

    /// The numbers of a text's pieces, between those of the beginning and the end.
    ///
    /// At most `limit` numbers, the two at the ends included; what comes after them is not looked at.
    package func encode(_ text: String, limit: Int = 256) -> [Int32] {
        var pieces = Pieces(first: begin, room: max(2, limit) - 1)
        let bytes = Array(text.utf8)
        var position = 0
        while position < bytes.count, !pieces.isFull {
            let special = nextSpecial(bytes[position...])
            encode(bytes[position..<(special?.range.lowerBound ?? bytes.count)], into: &pieces)
            guard let special, !pieces.isFull else { break }
            pieces.append(special.number)
            position = special.range.upperBound
        }
        return pieces.numbers + [end]
    }

    /// What was found so far.
    private struct Pieces {
        var numbers: [Int32]
        let room: Int

        init(first: Int32, room: Int) {
            numbers = [first]
            self.room = room
        }

        var isFull: Bool { numbers.count >= room }

        mutating func append(_ number: Int32) { if !isFull { numbers.append(number) } }
    }

    private func nextSpecial(_ bytes: ArraySlice<UInt8>) -> (range: Range<Int>, number: Int32)? {
        var rest = bytes
        while let bracket = rest.firstIndex(of: UInt8(ascii: "[")) {
            rest = rest[bracket...]
            for special in specials where rest.starts(with: special.name) {
                return (bracket..<bracket + special.name.count, special.number)
            }
            rest = rest.dropFirst()
        }
        return nil
    }
}

// MARK: - From text to words

extension WordPieceTokenizer {
    /// Encodes a stretch of text without special pieces, one run between ASCII spaces at a time.
    private func encode(_ text: ArraySlice<UInt8>, into pieces: inout Pieces) {
        var start = text.startIndex
        while start < text.endIndex, !pieces.isFull {
            var stop = start
            var isASCII = true
            while stop < text.endIndex, !Self.isSpace(text[stop]) {
                if text[stop] >= 0x80 { isASCII = false }
                stop += 1
            }
            if isASCII {
                encodeASCII(text[start..<stop], into: &pieces)
            } else {
                encodeAny(text[start..<stop], into: &pieces)
            }
            start = stop + 1
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
    }

    private func encodeASCII(_ run: ArraySlice<UInt8>, into pieces: inout Pieces) {
        var word: [UInt8] = []
        for byte in run {
            switch TextNormalization.kind(Unicode.Scalar(byte)) {
            case .letter, .ideograph: word.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
            case .dropped: continue
            case .space: flush(&word, into: &pieces)
            case .punctuation:
                flush(&word, into: &pieces)
                word.append(byte)
                flush(&word, into: &pieces)
            }
        }
        flush(&word, into: &pieces)
    }

    private func encodeAny(_ run: ArraySlice<UInt8>, into pieces: inout Pieces) {
        var cleaned = String.UnicodeScalarView()
        for scalar in String(decoding: run, as: UTF8.self).unicodeScalars {
            switch TextNormalization.kind(scalar) {
            case .dropped: continue
            case .space: cleaned.append(" ")
            case .ideograph:
                cleaned.append(" ")
                cleaned.append(scalar)
                cleaned.append(" ")
            case .letter, .punctuation: cleaned.append(scalar)
            }
        }
        var word: [UInt8] = []
        for scalar in TextNormalization.fold(cleaned) {
            switch TextNormalization.kind(scalar) {
            case .space: flush(&word, into: &pieces)
            case .punctuation:
                flush(&word, into: &pieces)
                word.append(contentsOf: UTF8.encode(scalar) ?? .init())
                flush(&word, into: &pieces)
            case .letter, .ideograph, .dropped: word.append(contentsOf: UTF8.encode(scalar) ?? .init())
            }
        }
        flush(&word, into: &pieces)
    }
}

// MARK: - From words to pieces

extension WordPieceTokenizer {
    private func flush(_ word: inout [UInt8], into pieces: inout Pieces) {
        guard !word.isEmpty else { return }
        defer { word.removeAll(keepingCapacity: true) }
        guard word.count <= Self.longestWord || word.count(where: { $0 & 0xC0 != 0x80 }) <= Self.longestWord
        else {
            return pieces.append(unknown)
        }
        var found: [Int32] = []
        var start = 0
        while start < word.count {
            guard let piece = longestPiece(of: word, from: start) else { return pieces.append(unknown) }
            found.append(piece.number)
            start = piece.end
        }
        for number in found { pieces.append(number) }
    }

    private func longestPiece(of word: [UInt8], from start: Int) -> (number: Int32, end: Int)? {
        let place: Vocabulary.Place = start == 0 ? .beginning : .continuation
        var longest: (number: Int32, end: Int)?
        var hash = Vocabulary.emptyHash
        for position in start..<min(word.count, start + vocabulary.longest) {
            hash = Vocabulary.hash(hash, word[position])
            if let number = vocabulary.find(word[start...position], hash: hash, place) {
                longest = (number, position + 1)
            }
        }
        return longest
    }
}
