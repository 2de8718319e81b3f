/// The section table, which a stripped library may lack.
struct ELFSections: Sendable {
    /// The names of the sections that hold anything; empty without a table.
    private(set) var names: [String] = []
    /// Symbols in the dynamic table; nil when no section tells.
    private(set) var dynamicSymbols: UInt64?

    init(_ file: ByteTable) throws(ByteTable.Fault) {
        let table = try file.integer(40, UInt64.self)
        let (size, count) = (try file.integer(58, UInt16.self), try file.integer(60, UInt16.self))
        let strings = UInt64(try file.integer(62, UInt16.self))
        guard table != 0, size >= 64, strings < count else { return }
        let stringHeader = try ByteTable.sum(table, strings * UInt64(size))
        let text: UInt64 = try file.integer(try ByteTable.sum(stringHeader, 24))
        for index in 0..<UInt64(count) {
            let header = try ByteTable.sum(table, index * UInt64(size))
            _ = try file.integer(try ByteTable.sum(header, 56), UInt64.self)
            let name = UInt64(try file.integer(header, UInt32.self))
            if try file.integer(header + 32, UInt64.self) > 0 {
                names.append(try file.text(try ByteTable.sum(text, name)))
            }
            if try file.integer(header + 4, UInt32.self) == 11 {
                dynamicSymbols = try file.integer(header + 32, UInt64.self) / 24
            }
        }
    }
}
