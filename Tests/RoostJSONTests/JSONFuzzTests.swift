import RoostJSON
import Testing

@Suite("Random texts")
struct JSONFuzzTests {
    @Test("a changed byte never traps, and what is accepted survives a round trip", arguments: 1...4)
    func mutations(_ seed: Int) throws {
        var random = Random(seed: UInt64(seed))
        let sample = Array(
            #"{"a":[1,-2.5e3,"é\n\ud83d\ude00"],"b":{"c":null,"d":[true,false,{}]},"e":"x"}"#.utf8
        )
        let alphabet =
            Array(#"{}[]",:\u0123456789eE+-.tfn \#u{0}\#u{1F}é"#.utf8) + [0x80, 0xC0, 0xED, 0xF4, 0xFF]
        var accepted = 0
        for _ in 0..<5_000 {
            var text = sample
            for _ in 0...random.pick(3) {
                let place = random.pick(text.count)
                switch random.pick(3) {
                case 0: text[place] = alphabet[random.pick(alphabet.count)]
                case 1: text.remove(at: place)
                default: text.insert(alphabet[random.pick(alphabet.count)], at: place)
                }
            }
            guard let document = try? JSONDocument(parsing: text) else { continue }
            accepted += 1
            let value = JSONValue(document.root)
            #expect(try JSONValue(parsing: value.bytes) == value)
        }
        #expect(accepted > 100)
    }

    /// Xorshift: the same numbers for the same seed.
    private struct Random {
        private var state: UInt64

        init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func pick(_ count: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 11) % count
        }
    }
}
