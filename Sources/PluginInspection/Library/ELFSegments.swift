/// The parts of a library that are mapped, and where in the file an address lies.
struct ELFSegments: Sendable {
    private struct Load: Sendable {
        var offset, address, size: UInt64
    }

    private var loads: [Load] = []
    /// Where the dynamic section lies in the file, and its size.
    private(set) var dynamic: (offset: UInt64, size: UInt64)?
    private(set) var hasExecutableStack = false

    init(_ file: ByteTable) throws(ByteTable.Fault) {
        let table = try file.integer(32, UInt64.self)
        let (size, count) = (try file.integer(54, UInt16.self), try file.integer(56, UInt16.self))
        for index in 0..<UInt64(count) {
            let header = try ByteTable.sum(table, index * UInt64(size))
            // The last field first: the others lie before it.
            _ = try file.integer(try ByteTable.sum(header, 48), UInt64.self)
            let part = Load(
                offset: try file.integer(header + 8),
                address: try file.integer(header + 16),
                size: try file.integer(header + 32)
            )
            switch try file.integer(header, UInt32.self) {
            case 1: loads.append(part)
            case 2: dynamic = (part.offset, part.size)
            case 0x6474_E551: hasExecutableStack = try file.integer(header + 4, UInt32.self) & 1 != 0
            default: break
            }
        }
    }

    /// Where in the file an address lies.
    func offset(of address: UInt64) throws(ByteTable.Fault) -> UInt64 {
        for load in loads where address >= load.address && address - load.address < load.size {
            return try ByteTable.sum(load.offset, address - load.address)
        }
        throw ByteTable.Fault(clause: "speaks of address \(address), which no segment holds")
    }
}
