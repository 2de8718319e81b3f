/// One pack of objects and its index, version 2.
struct GitPack: Sendable {
    private let index: OpenFile
    private let pack: OpenFile
    private let name: String
    private let count: Int

    /// Where the names begin in an index: behind 8 bytes of form and 256 numbers.
    private static let names = 8 + 256 * 4

    /// An object as a pack keeps it.
    struct Stored {
        enum Form: Equatable {
            case whole(GitObject.Kind)
            /// The place of the object that this one is a delta to, in this pack.
            case delta(at: Int)
            /// Its name, which may be elsewhere.
            case deltaTo(GitObjectID)
        }

        var form: Form
        var bytes: [UInt8]
    }

    /// `path`: without the ends `.idx` and `.pack`.
    init(path: String) throws {
        name = path.split(separator: "/").last.map(String.init) ?? path
        index = try OpenFile("\(path).idx")
        pack = try OpenFile("\(path).pack")
        guard try index.read(at: 0, count: 8) == [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2] else {
            throw GitFault.unknownForm("The index of \(name)")
        }
        count = Self.number(try index.read(at: Self.names - 4, count: 4)) ?? 0
        guard count >= 0, Self.names + count * (GitObjectID.size + 8) <= index.size else {
            throw GitFault.damaged("The index of \(name)")
        }
    }

    /// Where an object begins; nil when it is not in this pack.
    func offset(of id: GitObjectID) throws -> Int? {
        let first = Int(id.bytes[0])
        var low = first == 0 ? 0 : try number(at: 8 + (first - 1) * 4)
        var high = try number(at: 8 + first * 4)
        guard low <= high, high <= count else { throw GitFault.damaged("The index of \(name)") }
        while low < high {
            let middle = (low + high) / 2
            let found = try index.read(at: Self.names + middle * GitObjectID.size, count: GitObjectID.size)
            if found == id.bytes { return try offset(number: middle) }
            if found.lexicographicallyPrecedes(id.bytes) { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// What stands at a place.
    func stored(at offset: Int, limit: Int) throws -> Stored {
        let head = try pack.read(at: offset, count: 64)
        var place = 0
        func next() throws -> Int {
            guard place < head.count else { throw GitFault.damaged(name) }
            defer { place += 1 }
            return Int(head[place])
        }
        var byte = try next()
        let kind = byte >> 4 & 7
        var size = byte & 15
        var shift = 4
        while byte & 0x80 != 0, shift < 46 {
            byte = try next()
            size |= (byte & 0x7F) << shift
            shift += 7
        }
        let form: Stored.Form
        switch kind {
        case 1: form = .whole(.commit)
        case 2: form = .whole(.tree)
        case 3: form = .whole(.blob)
        case 4: form = .whole(.tag)
        case 6:
            // How far the base stands before; each further byte counts from one more.
            byte = try next()
            var distance = byte & 0x7F
            while byte & 0x80 != 0, distance < 1 << 48 {
                byte = try next()
                distance = (distance + 1) << 7 | byte & 0x7F
            }
            guard distance > 0, distance < offset else { throw GitFault.damaged(name) }
            form = .delta(at: offset - distance)
        case 7:
            guard let base = GitObjectID(head[place...].prefix(GitObjectID.size)) else {
                throw GitFault.damaged(name)
            }
            place += GitObjectID.size
            form = .deltaTo(base)
        default: throw GitFault.unknownForm("An object in \(name)")
        }
        guard size <= limit else { throw Inflation.Failure.tooLong }
        var position = offset + place
        let bytes = try Inflation.inflate(limit: size) {
            let part = try pack.read(at: position, count: min(max(size, 512), 64 << 10))
            position += part.count
            return part
        }
        guard bytes.count == size else { throw GitFault.damaged(name) }
        return Stored(form: form, bytes: bytes)
    }

    private func offset(number: Int) throws -> Int {
        // Behind the names and four bytes of checksum for each.
        let offsets = Self.names + count * (GitObjectID.size + 4)
        let short = try self.number(at: offsets + number * 4)
        guard short >= 1 << 31 else { return short }
        let long = try index.read(at: offsets + count * 4 + (short - 1 << 31) * 8, count: 8)
        let value = long.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard long.count == 8, let offset = Int(exactly: value) else {
            throw GitFault.damaged("The index of \(name)")
        }
        return offset
    }

    private func number(at offset: Int) throws -> Int {
        guard let number = Self.number(try index.read(at: offset, count: 4)) else {
            throw GitFault.damaged("The index of \(name)")
        }
        return number
    }

    /// Four bytes, the highest first.
    private static func number(_ bytes: [UInt8]) -> Int? {
        bytes.count == 4 ? bytes.reduce(0) { $0 << 8 | Int($1) } : nil
    }
}
