/// The symbols that the loader binds: listed one by one, or found by the table of hashes.
struct ELFSymbolTable: Sendable {
    private let file: ByteTable
    private let dynamic: ELFDynamic
    /// Where the symbols lie in the file; nil when there are none.
    private let symbols: UInt64?
    private let count: UInt64
    private var gnuHash: UInt64?

    init(
        _ file: ByteTable,
        _ dynamic: ELFDynamic,
        _ segments: ELFSegments,
        _ sections: ELFSections
    ) throws(ByteTable.Fault) {
        self.file = file
        self.dynamic = dynamic
        symbols = try dynamic.value(.symbols).map { (address) throws(ByteTable.Fault) in
            try segments.offset(of: address)
        }
        gnuHash = try dynamic.value(.gnuHash).map { (address) throws(ByteTable.Fault) in
            try segments.offset(of: address)
        }
        var count: UInt64 = 0
        if let hash = dynamic.value(.hash) {
            count = UInt64(try file.integer(try ByteTable.sum(try segments.offset(of: hash), 4), UInt32.self))
        } else if let known = sections.dynamicSymbols {
            count = known
        } else if let gnuHash {
            count = try Self.count(file, gnuHash)
        }
        self.count = min(count, UInt64(file.count) / 24)
    }

    /// Every symbol but the first, which is none.
    func all() throws(ByteTable.Fault) -> [ELFImage.Symbol] {
        guard let symbols, count > 1 else { return [] }
        var result: [ELFImage.Symbol] = []
        for index in 1..<count {
            let place = try ByteTable.sum(symbols, index * 24)
            let kind = try file.integer(try ByteTable.sum(place, 4), UInt8.self)
            // Sections and files have symbols too.
            guard kind & 15 != 3, kind & 15 != 4 else { continue }
            let name = try dynamic.text(UInt64(try file.integer(place, UInt32.self)))
            guard !name.isEmpty else { continue }
            let visibility = try file.integer(place + 5, UInt8.self) & 3
            result.append(
                ELFImage.Symbol(
                    name: name,
                    isDefined: try file.integer(place + 6, UInt16.self) != 0,
                    isWeak: kind >> 4 == 2,
                    isVisible: kind >> 4 != 0 && (visibility == 0 || visibility == 3)
                )
            )
        }
        return result
    }

    /// Whether a symbol of this name is there for others.
    func defines(_ name: String) throws(ByteTable.Fault) -> Bool {
        guard let gnuHash, let symbols else {
            return try all().contains { $0.name == name && $0.isDefined && $0.isVisible }
        }
        var hash: UInt32 = 5381
        for byte in name.utf8 { hash = hash &* 33 &+ UInt32(byte) }
        let table = try HashTable(file, gnuHash)
        guard table.bucketCount > 0 else { return false }
        var index = try file.integer(
            try ByteTable.sum(table.buckets, UInt64(hash % table.bucketCount) * 4),
            UInt32.self
        )
        guard index >= table.firstSymbol, index != 0 else { return false }
        while true {
            let entry = try file.integer(
                try ByteTable.sum(table.chains, UInt64(index - table.firstSymbol) * 4),
                UInt32.self
            )
            if entry | 1 == hash | 1 {
                let place = try ByteTable.sum(symbols, UInt64(index) * 24)
                let isDefined = try file.integer(try ByteTable.sum(place, 6), UInt16.self) != 0
                if isDefined, try dynamic.text(UInt64(try file.integer(place, UInt32.self))) == name {
                    return true
                }
            }
            // Ends with the file: each step reads four bytes further.
            guard entry & 1 == 0, index < .max else { return false }
            index += 1
        }
    }

    /// The parts of a table of hashes as GNU has it.
    private struct HashTable {
        var bucketCount: UInt32
        var firstSymbol: UInt32
        var buckets: UInt64
        var chains: UInt64

        init(_ file: ByteTable, _ place: UInt64) throws(ByteTable.Fault) {
            // The last number of the head first: the others lie before it.
            _ = try file.integer(try ByteTable.sum(place, 12), UInt32.self)
            bucketCount = try file.integer(place)
            firstSymbol = try file.integer(place + 4)
            let bloom = UInt64(try file.integer(place + 8, UInt32.self))
            buckets = try ByteTable.sum(place, 16 + bloom * 8)
            chains = try ByteTable.sum(buckets, UInt64(bucketCount) * 4)
        }
    }

    /// The number of symbols: one more than the last that a chain holds.
    private static func count(_ file: ByteTable, _ place: UInt64) throws(ByteTable.Fault) -> UInt64 {
        let table = try HashTable(file, place)
        guard UInt64(table.bucketCount) * 4 <= UInt64(file.count) else {
            throw ByteTable.Fault(clause: "has a table of hashes that is larger than the file")
        }
        var last: UInt32 = 0
        for bucket in 0..<UInt64(table.bucketCount) {
            last = max(last, try file.integer(try ByteTable.sum(table.buckets, bucket * 4)))
        }
        guard last >= table.firstSymbol else { return UInt64(table.firstSymbol) }
        while last < .max {
            let place = try ByteTable.sum(table.chains, UInt64(last - table.firstSymbol) * 4)
            if try file.integer(place, UInt32.self) & 1 != 0 { break }
            last += 1
        }
        return UInt64(last) + 1
    }
}
