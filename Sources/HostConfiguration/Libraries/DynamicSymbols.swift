/// What a shared library gives to others and wants from them, read from its file alone.
///
/// As the System V ABI's chapters on the symbol table and on dynamic linking describe it, for 64 bits, little endian.
struct DynamicSymbols: Sendable {
    /// The names it defines.
    private(set) var defined: Set<String> = []
    /// The file names of the libraries it needs.
    private(set) var needed: [String] = []

    /// Reads an ELF file.
    ///
    /// Nil for what is none, and for one without the section table that leads to its symbols.
    init?(elf bytes: [UInt8]) {
        guard bytes.count >= 64, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else { return nil }
        func number(_ offset: Int, _ size: Int) -> Int? {
            guard offset >= 0, offset <= bytes.count - size else { return nil }
            return (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        func section(_ index: Int) -> Section? {
            guard let table = number(40, 8), let entry = number(58, 2), entry >= 64,
                let count = number(60, 2),
                (0..<count).contains(index), table > 0, table <= bytes.count - count * entry
            else { return nil }
            let header = table + index * entry
            guard let type = number(header + 4, 4), let offset = number(header + 24, 8),
                let size = number(header + 32, 8), let link = number(header + 40, 4),
                offset >= 0, size >= 0,
                type == Section.noBytes || (offset <= bytes.count && size <= bytes.count - offset)
            else { return nil }
            return Section(type: type, offset: offset, size: size, link: link)
        }
        func text(_ offset: Int, in strings: Section) -> String? {
            guard offset >= 0, offset < strings.size else { return nil }
            let begin = strings.offset + offset
            let end = bytes[begin..<(strings.offset + strings.size)].firstIndex(of: 0) ?? begin
            return String(decoding: bytes[begin..<end], as: UTF8.self)
        }
        var found = false
        for index in 0..<(number(60, 2) ?? 0) {
            guard let part = section(index) else { return nil }
            switch part.type {
            case Section.symbols:
                guard let strings = section(part.link) else { return nil }
                found = true
                for entry in stride(from: part.offset, to: part.offset + part.size - 23, by: 24) {
                    guard let name = number(entry, 4), number(entry + 6, 2) != 0 else { continue }
                    if let text = text(name, in: strings) { defined.insert(text) }
                }
            case Section.dynamic:
                guard let strings = section(part.link) else { return nil }
                for entry in stride(from: part.offset, to: part.offset + part.size - 15, by: 16)
                where number(entry, 8) == 1 {
                    if let name = number(entry + 8, 8), let text = text(name, in: strings) {
                        needed.append(text)
                    }
                }
            default: break
            }
        }
        guard found else { return nil }
    }

    private struct Section {
        static let dynamic = 6
        static let noBytes = 8
        static let symbols = 11

        var type: Int
        var offset: Int
        var size: Int
        var link: Int
    }
}
