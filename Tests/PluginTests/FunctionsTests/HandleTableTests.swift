import Testing

@testable import FunctionsServer

@Suite("Handles of a C library")
struct HandleTableTests {
    private func table() -> (HandleTable, String) {
        var table = HandleTable()
        let name = table.add(0x1000, kind: "door", release: "shut", owner: "ann", nonce: (1, 2))
        return (table, name)
    }

    @Test("a name tells the kind and nothing of the address")
    func name() {
        #expect(table().1 == "door-00000000000000010000000000000002")
    }

    @Test("only its own caller, for its own kind, one call at a time, gets the address")
    func refusals() throws {
        var (table, name) = table()
        #expect(throws: HandleRefusal.unknown("door")) { try table.take(name, kind: "door", owner: "bob") }
        #expect(throws: HandleRefusal.unknown("door")) { try table.take(name, kind: "door", owner: nil) }
        #expect(throws: HandleRefusal.unknown("door")) {
            try table.take("door-1", kind: "door", owner: "ann")
        }
        #expect(throws: HandleRefusal.otherKind(expected: "lock", found: "door")) {
            try table.take(name, kind: "lock", owner: "ann")
        }
        let address = try table.take(name, kind: "door", owner: "ann")
        #expect(address == 0x1000)
        #expect(throws: HandleRefusal.inUse("door")) { try table.take(name, kind: "door", owner: "ann") }
        table.giveBack(name)
        let again = try table.take(name, kind: "door", owner: "ann")
        #expect(again == 0x1000)
        table.remove(name)
        #expect(throws: HandleRefusal.unknown("door")) { try table.take(name, kind: "door", owner: "ann") }
    }

    @Test("the latest is released first, and there is a limit")
    func order() {
        var (table, name) = table()
        let same = table.add(0x1000, kind: "door", release: "shut", owner: "ann", nonce: (3, 4))
        #expect(same == name)
        _ = table.add(0x2000, kind: "lock", release: "open", owner: nil, nonce: (5, 6))
        #expect(table.hasRoom(for: HandleTable.limit - 2) && !table.hasRoom(for: HandleTable.limit - 1))
        let all = table.removeAll()
        #expect(all.map(\.release) == ["open", "shut"] && all.map(\.address) == [0x2000, 0x1000])
        #expect(table.removeAll().isEmpty)
    }
}
