/// The pieces of words a model knows, each with its number.
///
/// Looked up by the bytes of a piece, longest first, so the hash of a word's every beginning comes out of one pass.
struct Vocabulary: Sendable {
    /// Pieces that begin a word, or continue one (written with ## in the file).
    enum Place: Sendable { case beginning, continuation }

    private var text: [UInt8]
    /// Where piece n ends in `text`; it begins where n - 1 ends.
    private var ends: [Int32] = []
    /// Bytes of the longest piece.
    private(set) var longest = 0
    private var beginnings: Table
    private var continuations: Table

    private struct Table: Sendable {
        /// Number of the piece, or -1.
        var slots: [Int32]
        var mask: Int

        init(capacity: Int) {
            var size = 16
            while size < capacity * 2 { size *= 2 }
            slots = Array(repeating: -1, count: size)
            mask = size - 1
        }
    }

    /// The hash of nothing; ``hash(_:_:)`` adds a byte (FNV-1a, 64 bits).
    static let emptyHash: UInt64 = 0xcbf2_9ce4_8422_2325

    static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }

    /// Reads a vocab.txt: one piece in a line, its number is the line's.
    init(_ file: [UInt8]) {
        text = file
        let lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        beginnings = Table(capacity: lines.count)
        continuations = Table(capacity: lines.count / 2)
        text.removeAll(keepingCapacity: true)
        ends.reserveCapacity(lines.count)
        for line in lines {
            let piece = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            let isContinuation = piece.count > 2 && piece.starts(with: [0x23, 0x23])
            let bytes = isContinuation ? piece.dropFirst(2) : piece
            let number = Int32(ends.count)
            text.append(contentsOf: bytes)
            ends.append(Int32(text.count))
            longest = max(longest, bytes.count)
            guard !bytes.isEmpty else { continue }
            let hash = bytes.reduce(Self.emptyHash, Self.hash)
            insert(number, hash, isContinuation ? .continuation : .beginning)
        }
    }

    /// How many pieces there are.
    var count: Int { ends.count }

    /// The number of a whole piece, as vocab.txt writes it; nil when it is unknown.
    func number(of piece: String) -> Int32? {
        let isContinuation = piece.hasPrefix("##") && piece.utf8.count > 2
        let bytes = Array(isContinuation ? piece.utf8.dropFirst(2) : piece.utf8[...])
        return find(
            bytes[...],
            hash: bytes.reduce(Self.emptyHash, Self.hash),
            isContinuation ? .continuation : .beginning
        )
    }

    /// The number of the piece with these bytes and their hash; nil when there is none.
    func find(_ bytes: ArraySlice<UInt8>, hash: UInt64, _ place: Place) -> Int32? {
        let table = place == .beginning ? beginnings : continuations
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & table.mask
        while table.slots[slot] >= 0 {
            let number = table.slots[slot]
            if holds(number, bytes) { return number }
            slot = (slot + 1) & table.mask
        }
        return nil
    }

    private func holds(_ number: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        let begin = number == 0 ? 0 : Int(ends[Int(number) - 1])
        let end = Int(ends[Int(number)])
        guard end - begin == bytes.count else { return false }
        for offset in 0..<bytes.count where text[begin + offset] != bytes[bytes.startIndex + offset] {
            return false
        }
        return true
    }

    private mutating func insert(_ number: Int32, _ hash: UInt64, _ place: Place) {
        func free(in table: Table) -> Int {
            var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & table.mask
            while table.slots[slot] >= 0 { slot = (slot + 1) & table.mask }
            return slot
        }
        switch place {
        case .beginning: beginnings.slots[free(in: beginnings)] = number
        case .continuation: continuations.slots[free(in: continuations)] = number
        }
    }
}
