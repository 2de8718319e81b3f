/// An object as git packs it beside a similar one: what to copy from that one and what to put in between.
enum GitDelta {
    /// What a delta makes of its base.
    ///
    /// - Throws: ``GitFault`` when it does not fit the base, or makes more than `limit` bytes.
    static func apply(_ delta: [UInt8], to base: [UInt8], limit: Int) throws(GitFault) -> [UInt8] {
        var reader = Reader(bytes: delta)
        guard reader.size() == base.count, let size = reader.size(), size <= limit else { throw fault }
        var result: [UInt8] = []
        result.reserveCapacity(size)
        while let command = reader.byte() {
            if command & 0x80 != 0 {
                let offset = reader.number(of: 4, where: command)
                let count = reader.number(of: 3, where: command >> 4)
                guard let offset, let count else { throw fault }
                // No bytes stand for 64 KiB.
                let end = offset + (count == 0 ? 0x10000 : count)
                guard end <= base.count, result.count + end - offset <= size else { throw fault }
                result += base[offset..<end]
            } else {
                // 0 is kept for later forms.
                guard command > 0, let bytes = reader.bytes(Int(command)) else { throw fault }
                result += bytes
            }
        }
        guard result.count == size else { throw fault }
        return result
    }

    private static let fault = GitFault.damaged("A delta in a pack of the git checkout")

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        mutating func byte() -> UInt8? {
            guard place < bytes.count else { return nil }
            defer { place += 1 }
            return bytes[place]
        }

        mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
            guard count <= bytes.count - place else { return nil }
            defer { place += count }
            return bytes[place..<place + count]
        }

        /// Seven bits a byte, the lowest first, as long as the highest bit is set.
        mutating func size() -> Int? {
            var result = 0
            for shift in stride(from: 0, to: 42, by: 7) {
                guard let byte = byte() else { return nil }
                result |= Int(byte & 0x7F) << shift
                if byte & 0x80 == 0 { return result }
            }
            return nil
        }

        /// A number whose bytes, the lowest first, are there where a bit of `flags` is set.
        mutating func number(of count: Int, where flags: UInt8) -> Int? {
            var result = 0
            for place in 0..<count where flags & (1 << place) != 0 {
                guard let byte = byte() else { return nil }
                result |= Int(byte) << (8 * place)
            }
            return result
        }
    }
}
