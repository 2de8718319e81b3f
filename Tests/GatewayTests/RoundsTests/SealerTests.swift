import Gateway
import MCP
import Testing

@Suite("Sealed text")
struct SealerTests {
    private let old = Array("an old secret of thirty-two bytes".utf8)
    private let new = Array("a newer secret of thirty-two byte".utf8)

    @Test("what one worker seals, another with the same key opens")
    func roundTrip() throws {
        let sealed = try #require(Sealer(KeyRing([old])).seal([1, 2, 3], for: .requestState))
        #expect(Sealer(KeyRing([old])).open(sealed, for: .requestState) == [1, 2, 3])
        #expect(sealed.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    }

    @Test("keys change without a gap: the new one seals, both open")
    func rotation() throws {
        let before = try #require(Sealer(KeyRing([old])).seal([1], for: .session))
        let rotated = Sealer(KeyRing([new, old]))
        #expect(rotated.open(before, for: .session) == [1])
        let after = try #require(rotated.seal([2], for: .session))
        #expect(Sealer(KeyRing([old])).open(after, for: .session) == nil)
        #expect(Sealer(KeyRing([new])).open(after, for: .session) == [2])
    }

    @Test("text for one purpose does not open for another")
    func purpose() throws {
        let sealer = Sealer(KeyRing([old]))
        let sealed = try #require(sealer.seal([1], for: .session))
        #expect(sealer.open(sealed, for: .requestState) == nil)
    }

    @Test("no character can be changed, added or taken away")
    func tampering() throws {
        let sealer = Sealer(KeyRing([old]))
        let sealed = Array(try #require(sealer.seal(Array("payload".utf8), for: .requestState)).utf8)
        for place in sealed.indices {
            var changed = sealed
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(sealer.open(String(decoding: changed, as: UTF8.self), for: .requestState) == nil)
        }
        #expect(sealer.open(String(decoding: sealed.dropLast(), as: UTF8.self), for: .requestState) == nil)
        #expect(sealer.open(String(decoding: sealed, as: UTF8.self) + "-TAMPERED", for: .requestState) == nil)
        #expect(sealer.open("", for: .requestState) == nil)
    }
}
