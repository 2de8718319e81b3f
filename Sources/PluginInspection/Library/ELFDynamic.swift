/// The dynamic section: where the loader finds everything else.
struct ELFDynamic: Sendable {
    /// The entries that are read here (gABI, and the GNU additions to it).
    enum Tag: UInt64 {
        case needed = 1
        case hash = 4
        case strings = 5
        case symbols = 6
        case soname = 14
        case oldRunPath = 15
        case runPath = 29
        case gnuHash = 0x6FFF_FEF5
        case versions = 0x6FFF_FFFC
        case versionCount = 0x6FFF_FFFD
        case versionNeeds = 0x6FFF_FFFE
        case versionNeedCount = 0x6FFF_FFFF
    }

    private var entries: [(tag: UInt64, value: UInt64)] = []
    private let file: ByteTable
    /// Where the names lie in the file.
    private var strings: UInt64 = 0

    init(_ file: ByteTable, _ segments: ELFSegments) throws(ByteTable.Fault) {
        self.file = file
        guard let (offset, size) = segments.dynamic else {
            throw ByteTable.Fault(clause: "has no dynamic section. Link it as a shared library")
        }
        for index in 0..<min(size / 16, UInt64(file.count) / 16) {
            let place = try ByteTable.sum(offset, index * 16)
            let tag: UInt64 = try file.integer(place)
            if tag == 0 { break }
            entries.append((tag, try file.integer(try ByteTable.sum(place, 8))))
        }
        guard let address = value(.strings) else {
            throw ByteTable.Fault(clause: "has no table of names")
        }
        strings = try segments.offset(of: address)
    }

    func value(_ tag: Tag) -> UInt64? { entries.first { $0.tag == tag.rawValue }?.value }

    func values(_ tag: Tag) -> [UInt64] { entries.filter { $0.tag == tag.rawValue }.map(\.value) }

    /// A name by its place in the table of names.
    func text(_ offset: UInt64) throws(ByteTable.Fault) -> String {
        try file.text(try ByteTable.sum(strings, offset))
    }
}
