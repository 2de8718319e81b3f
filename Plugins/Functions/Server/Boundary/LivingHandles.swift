import Synchronization

/// The handles of one plugin, shared by its calls.
final class LivingHandles: Sendable {
    private let table = Mutex(HandleTable())
    private let library: SharedLibrary

    init(_ library: SharedLibrary) { self.library = library }

    func hasRoom(for count: Int) -> Bool { table.withLock { $0.hasRoom(for: count) } }

    func add(_ address: UInt, kind: String, release: String, owner: String?) -> String {
        var source = SystemRandomNumberGenerator()
        let nonce = (source.next(), source.next())
        return table.withLock { $0.add(address, kind: kind, release: release, owner: owner, nonce: nonce) }
    }

    func take(_ name: String, kind: String, owner: String?) throws(HandleRefusal) -> UInt {
        try table.withLock { table throws(HandleRefusal) in try table.take(name, kind: kind, owner: owner) }
    }

    func holds(_ address: UInt, kind: String) -> Bool {
        table.withLock { $0.holds(address, kind: kind) }
    }

    func giveBack(_ name: String) { table.withLock { $0.giveBack(name) } }

    func remove(_ name: String) { table.withLock { $0.remove(name) } }

    /// Releases everything that is open; no call is.
    func releaseAll() {
        for (release, address) in table.withLock({ $0.removeAll() }) {
            library.apply(release, to: address)
        }
    }
}
