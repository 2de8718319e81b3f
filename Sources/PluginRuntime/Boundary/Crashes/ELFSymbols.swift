import Glibc

/// The functions an ELF file has names for (System V ABI; 64 bits, little endian), exported or not.
///
/// Invariant: the mapping is private, lives as long as this object, and every read is checked against its size. An image file
/// of ours is never written to again, so it cannot shrink under the mapping.
final class ELFSymbols {
    private let bytes: UnsafeRawBufferPointer

    /// Opens a file; nil when it cannot be read or is no such file.
    init?(path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_size > 64,
            let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0), memory != MAP_FAILED
        else { return nil }
        bytes = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
        guard bytes.prefix(6).elementsEqual([0x7F, 0x45, 0x4C, 0x46, 2, 1]) else { return nil }
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

    /// The function each offset lies in, with the distance from its beginning.
    func functions(at offsets: [UInt64]) -> [UInt64: (name: String, distance: UInt64)] {
        var nearest: [UInt64: (value: UInt64, name: Int)] = [:]
        for section in 0..<Int(read(0x3C, as: UInt16.self) ?? 0) {
            let header = Int(clamping: read(0x28, as: UInt64.self) ?? 0) &+ section * 64
            // SHT_SYMTAB and SHT_DYNSYM
            guard let kind = read(header &+ 4, as: UInt32.self), kind == 2 || kind == 11 else { continue }
            search(header, for: offsets, into: &nearest)
        }
        return nearest.reduce(into: [:]) { result, found in
            guard let name = text(at: found.value.name) else { return }
            result[found.key] = (name, found.key - found.value.value)
        }
    }

    private func search(
        _ header: Int,
        for offsets: [UInt64],
        into nearest: inout [UInt64: (value: UInt64, name: Int)]
    ) {
        guard let start = read(header &+ 24, as: UInt64.self), let size = read(header &+ 32, as: UInt64.self),
            let link = read(header &+ 40, as: UInt32.self), let table = read(0x28, as: UInt64.self),
            let names = read(Int(clamping: table) &+ Int(link) * 64 &+ 24, as: UInt64.self),
            size <= bytes.count, start <= bytes.count
        else { return }
        for place in stride(from: Int(start), to: Int(start) + Int(size), by: 24) {
            guard let kind = read(place + 4, as: UInt8.self), kind & 15 == 2 || kind & 15 == 10,
                let value = read(place + 8, as: UInt64.self), value != 0,
                let length = read(place + 16, as: UInt64.self), let name = read(place, as: UInt32.self)
            else { continue }
            for offset in offsets where offset >= value && (length == 0 || offset - value < length) {
                if let known = nearest[offset], known.value >= value { continue }
                nearest[offset] = (value, Int(clamping: names) &+ Int(name))
            }
        }
    }

    private func read<Value: FixedWidthInteger & BitwiseCopyable>(_ place: Int, as type: Value.Type) -> Value?
    {
        guard place >= 0, place <= bytes.count - MemoryLayout<Value>.size else { return nil }
        return bytes.loadUnaligned(fromByteOffset: place, as: type)
    }

    private func text(at place: Int) -> String? {
        guard place >= 0, place < bytes.count else { return nil }
        let text = bytes[place...].prefix(4096).prefix { $0 != 0 }
        return text.isEmpty ? nil : SwiftName.demangled(String(decoding: text, as: UTF8.self))
    }
}
