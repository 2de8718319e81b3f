import Crypto

/// An answer as a second level keeps it.
///
/// ```
/// version 1 · created 8 · generations 1 + 8 each · kind 1 · the answer, or size 8 and SHA-256 32 of an object
/// ```
/// Numbers are big-endian; the time is in milliseconds of the Unix epoch.
struct CacheRecord: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        case inline([UInt8])
        /// The answer is an object of the third level, under the key's name.
        case object(size: Int, digest: [UInt8])
    }

    /// When the plugin gave the answer, by the clock of the host that stored it.
    var created: Int64
    var stamp: CacheStamp
    var content: Content

    private static let version: UInt8 = 1

    init(created: Int64, stamp: CacheStamp, content: Content) {
        self.created = created
        self.stamp = stamp
        self.content = content
    }

    /// Refers to an answer that is kept as an object.
    init(created: Int64, stamp: CacheStamp, object: [UInt8]) {
        let digest = Array(SHA256.hash(data: object))
        self.init(created: created, stamp: stamp, content: .object(size: object.count, digest: digest))
    }

    /// Reads a record; nil for one of another version, or that is no record.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard rest.popFirst() == Self.version, let created = Self.number(&rest), let count = rest.popFirst()
        else { return nil }
        var stamp: CacheStamp = []
        for _ in 0..<count {
            guard let generation = Self.number(&rest) else { return nil }
            stamp.append(generation)
        }
        self.created = Int64(bitPattern: created)
        self.stamp = stamp
        switch rest.popFirst() {
        case 0: content = .inline(Array(rest))
        case 1:
            guard let size = Self.number(&rest), rest.count == SHA256.byteCount else { return nil }
            content = .object(size: Int(clamping: size), digest: Array(rest))
        default: return nil
        }
    }

    var bytes: [UInt8] {
        var bytes = [Self.version]
        Self.append(UInt64(bitPattern: created), to: &bytes)
        bytes.append(UInt8(clamping: stamp.count))
        for generation in stamp { Self.append(generation, to: &bytes) }
        switch content {
        case .inline(let answer):
            bytes.append(0)
            bytes.append(contentsOf: answer)
        case .object(let size, let digest):
            bytes.append(1)
            Self.append(UInt64(size), to: &bytes)
            bytes.append(contentsOf: digest)
        }
        return bytes
    }

    /// True when an object is the one this record refers to.
    func refers(to object: [UInt8]) -> Bool {
        guard case .object(let size, let digest) = content, size == object.count else { return false }
        return Array(SHA256.hash(data: object)) == digest
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard rest.count >= 8 else { return nil }
        defer { rest = rest.dropFirst(8) }
        return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
