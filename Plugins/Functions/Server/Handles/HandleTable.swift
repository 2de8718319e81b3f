/// What callers hold without seeing it: names for addresses, each of one kind and of one caller.
///
/// A handle is in use by one call at a time, so that none is released under another call.
struct HandleTable: Sendable {
    private struct Entry: Sendable {
        var kind: String
        var release: String
        var address: UInt
        var owner: String?
        var order: UInt64
        var isInUse: Bool
    }

    /// How many may be open at once.
    static let limit = 1024

    private var entries: [String: Entry] = [:]
    private var order: UInt64 = 0

    /// True when there is place for so many more.
    func hasRoom(for count: Int) -> Bool { entries.count + count <= Self.limit }

    /// Names an address; the same address of the same kind and caller keeps the name it has.
    ///
    /// `release` is the symbol that releases it; `owner` who may use it, nil when the host asks nobody who they are; `nonce`
    /// 128 random bits, so that names cannot be guessed.
    ///
    /// - Returns: The name, for example `sqlite3-09f1…`.
    mutating func add(
        _ address: UInt,
        kind: String,
        release: String,
        owner: String?,
        nonce: (UInt64, UInt64)
    ) -> String {
        if let known = entries.first(where: {
            $0.value.address == address && $0.value.kind == kind && $0.value.owner == owner
        }) {
            return known.key
        }
        func digits(_ number: UInt64) -> String {
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        let name = "\(kind)-\(digits(nonce.0))\(digits(nonce.1))"
        order += 1
        entries[name] = Entry(
            kind: kind,
            release: release,
            address: address,
            owner: owner,
            order: order,
            isInUse: false
        )
        return name
    }

    /// Gives the address to one call, until it is given back or removed.
    ///
    /// Somebody else's handle is as unknown as one that never was.
    mutating func take(_ name: String, kind: String, owner: String?) throws(HandleRefusal) -> UInt {
        guard let entry = entries[name], entry.owner == owner else { throw .unknown(kind) }
        guard entry.kind == kind else { throw .otherKind(expected: kind, found: entry.kind) }
        guard !entry.isInUse else { throw .inUse(kind) }
        entries[name]?.isInUse = true
        return entry.address
    }

    /// True when somebody holds an address.
    func holds(_ address: UInt, kind: String) -> Bool {
        entries.values.contains { $0.address == address && $0.kind == kind }
    }

    /// Ends a call's use.
    mutating func giveBack(_ name: String) { entries[name]?.isInUse = false }

    /// Forgets a handle that was released.
    mutating func remove(_ name: String) { entries[name] = nil }

    /// Forgets all and gives them, the latest first, because later ones may stand on earlier ones.
    mutating func removeAll() -> [(release: String, address: UInt)] {
        defer { entries = [:] }
        return entries.values.sorted { $0.order > $1.order }.map { ($0.release, $0.address) }
    }
}
