import Glibc

/// The functions an ELF file has names for (System V ABI; 64 bits, little endian), exported or not.
///
/// Which file is looked at is the word of a process that crashed and may lie: only regular files are opened, they are read and
/// never mapped (whoever shortens a mapped file ends the process that looks), and every place is checked.
///
/// Invariant: the descriptor belongs to this object and is closed in deinit.
final class ELFSymbols {
    private static let longestTable = 256 << 20

    private let file: Int32
    private let size: Int
    private let sections: [UInt8]

    /// Opens a file; nil when it cannot be read or is no such file.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        size = Int(status.st_size)
        guard let header = Self.read(file, 0, 64),
            header.prefix(6).elementsEqual([0x7F, 0x45, 0x4C, 0x46, 2, 1]),
            let table = Self.integer(header, 0x28, as: UInt64.self),
            let count = Self.integer(header, 0x3C, as: UInt16.self),
            let sections = Self.read(file, Int(clamping: table), Int(count) * 64)
        else {
            close(file)
            return nil
        }
        self.sections = sections
    }

    deinit { close(file) }

    /// The function each offset lies in, with the distance from its beginning.
    func functions(at offsets: [UInt64]) -> [UInt64: (name: String, distance: UInt64)] {
        var nearest: [UInt64: (name: String, start: UInt64)] = [:]
        for section in stride(from: 0, to: sections.count, by: 64) {
            // SHT_SYMTAB and SHT_DYNSYM
            guard let kind = Self.integer(sections, section + 4, as: UInt32.self), kind == 2 || kind == 11,
                let link = Self.integer(sections, section + 40, as: UInt32.self),
                let symbols = content(of: section), let names = content(of: Int(link) * 64)
            else { continue }
            search(symbols, names, for: offsets, into: &nearest)
        }
        return nearest.reduce(into: [:]) { result, found in
            result[found.key] = (
                SwiftName.demangled(found.value.name).printable, found.key - found.value.start
            )
        }
    }

    private func search(
        _ symbols: [UInt8],
        _ names: [UInt8],
        for offsets: [UInt64],
        into nearest: inout [UInt64: (name: String, start: UInt64)]
    ) {
        var found: [UInt64: (name: Int, start: UInt64)] = [:]
        for place in stride(from: 0, to: symbols.count, by: 24) {
            guard let kind = Self.integer(symbols, place + 4, as: UInt8.self),
                kind & 15 == 2 || kind & 15 == 10,
                let start = Self.integer(symbols, place + 8, as: UInt64.self), start != 0,
                let length = Self.integer(symbols, place + 16, as: UInt64.self),
                let name = Self.integer(symbols, place, as: UInt32.self)
            else { continue }
            for offset in offsets where offset >= start && (length == 0 || offset - start < length) {
                if let known = found[offset], known.start >= start { continue }
                found[offset] = (Int(name), start)
            }
        }
        for (offset, symbol) in found {
            if let known = nearest[offset], known.start >= symbol.start { continue }
            let text = names.dropFirst(symbol.name).prefix(4096).prefix { $0 != 0 }
            if !text.isEmpty { nearest[offset] = (String(decoding: text, as: UTF8.self), symbol.start) }
        }
    }

    /// What a section holds; nil when its header, or the file, does not reach that far.
    private func content(of section: Int) -> [UInt8]? {
        guard let place = Self.integer(sections, section + 24, as: UInt64.self),
            let count = Self.integer(sections, section + 32, as: UInt64.self),
            count <= min(size, Self.longestTable)
        else { return nil }
        return Self.read(file, Int(clamping: place), Int(count))
    }

    private static func read(_ file: Int32, _ place: Int, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            // Invariant: the buffer has room for what is asked.
            let got = bytes.withUnsafeMutableBytes {
                pread(file, $0.baseAddress?.advanced(by: done), count - done, off_t(clamping: place &+ done))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }

    private static func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: [UInt8],
        _ place: Int,
        as type: Value.Type
    ) -> Value? {
        guard place >= 0, place <= bytes.count - MemoryLayout<Value>.size else { return nil }
        // Invariant: the place was checked just now.
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: type) }
    }
}
