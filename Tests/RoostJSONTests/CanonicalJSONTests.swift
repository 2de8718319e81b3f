import Testing

@testable import RoostJSON

@Suite("Arguments that mean the same, and those that do not")
struct CanonicalJSONTests {
    private func canonical(_ text: String) throws -> String {
        String(decoding: CanonicalJSON.bytes(of: try JSONDocument(parsing: text).root), as: UTF8.self)
    }

    @Test(
        "order, blanks, number form and escapes do not matter",
        arguments: [
            (#"{"b":1,"a":[2,{"d":3,"c":4}]}"#, #" { "a" : [ 2.0, {"c": 4e0, "d": 0.3e1} ], "b" : 1.0 } "#),
            ("[1,10,100,-5]", "[1.0,1e1,1.00e+2,-50E-1]"),
            ("[1000000000000000000000]", "[1e21]"),
            ("[0.001,1.5]", "[1e-3,15e-1]"),
            ("[1.5e-7]", "[0.00000015]"),
            ("[0]", "[0.0]"),
            ("[0]", "[0e5]"),
            (#"["a/b"]"#, #"["a\/b"]"#),
            (#"["é€𝄞"]"#, #"["\u00e9\u20AC\ud834\udd1e"]"#),
            (#"["\n\u001f\"\\"]"#, #"["\u000a\u001F\u0022\u005c"]"#),
            (#"{"é":1}"#, #"{"\u00E9":1}"#),
            (#"["\ud800x"]"#, #"["\uD800x"]"#),
        ]
    )
    func same(_ first: String, _ second: String) throws {
        let (one, two) = (try canonical(first), try canonical(second))
        #expect(Array(one.utf8) == Array(two.utf8))
        // The form means what the text meant, and is its own form.
        #expect(try canonical(one).utf8.elementsEqual(one.utf8))
    }

    @Test(
        "what a plugin could tell apart stays apart",
        arguments: [
            (#"{"a":1}"#, #"{"a":"1"}"#), (#"{"a":null}"#, "{}"), ("[1,2]", "[2,1]"), ("[0]", "[-0.0]"),
            ("[true]", #"["true"]"#), (#"["é"]"#, #"["e\u0301"]"#), (#"["ﬁ"]"#, #"["fi"]"#),
            (#"["\ud800"]"#, #"["\ufffd"]"#), (#"["\ud800\ud800"]"#, #"["\ud800"]"#),
            ("[0.1]", "[0.10000000000000001]"), ("[9007199254740993]", "[9007199254740992]"),
            (
                "[123456789012345678901234567890123456789012345]",
                "[123456789012345678901234567890123456789012346]"
            ),
            (#"["a"]"#, #"["A"]"#), (#"["a "]"#, #"["a"]"#), ("[[]]", "[{}]"),
            (#"{"a":{"b":1}}"#, #"{"a":1,"b":1}"#),
        ]
    )
    func different(_ first: String, _ second: String) throws {
        let (one, two) = (try canonical(first), try canonical(second))
        #expect(Array(one.utf8) != Array(two.utf8))
    }

    @Test("a key that stands twice never gets here")
    func duplicates() {
        #expect(throws: JSONError.self) { try JSONDocument(parsing: #"{"a":1,"a":2}"#) }
        #expect(throws: JSONError.self) { try JSONDocument(parsing: #"{"a":1,"\u0061":2}"#) }
    }

    @Test("random values: their form reads as the same value, however it was written")
    func random() throws {
        let seed = UInt64.random(in: 0..<(1 << 32))
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let value = Self.value(depth: 3, &generator)
            let plain = try JSONDocument(parsing: Self.write(value, shuffled: false, &generator)).root
            let shuffled = try JSONDocument(parsing: Self.write(value, shuffled: true, &generator)).root
            #expect(CanonicalJSON.bytes(of: plain) == CanonicalJSON.bytes(of: shuffled), "seed \(seed)")
            let again = try JSONValue(parsing: CanonicalJSON.bytes(of: plain))
            #expect(
                CanonicalJSON.bytes(of: try JSONDocument(parsing: again.bytes).root)
                    == CanonicalJSON.bytes(of: plain),
                "seed \(seed)"
            )
        }
    }

    private static func value(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 5 : 7), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(Int64.random(in: -1_000_000...1_000_000, using: &generator))
        case 3: return .number(Double(Int.random(in: -99_999...99_999, using: &generator)) / 1_000)
        case 4: return .string(text(&generator))
        case 5: return .array((0..<3).map { _ in value(depth: depth - 1, &generator) })
        default:
            var object: JSONObject = [:]
            for _ in 0..<3 { object[text(&generator)] = value(depth: depth - 1, &generator) }
            return .object(object)
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = ["a", "b", "é", "\u{301}", "/", "\"", "\\", "\n", "\u{1}", "𝄞", "€"]
        var text = ""
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "a")
        }
        return text
    }

    /// Writes a value; shuffled: with members in another order, numbers and characters in another form.
    private static func write(
        _ value: JSONValue,
        shuffled: Bool,
        _ generator: inout SeededGenerator
    ) -> String {
        guard shuffled else { return value.text }
        switch value {
        case .integer(let number):
            return "\(number)" + ([".0", "e0", ".00E+0"].randomElement(using: &generator) ?? "")
        case .string(let text):
            return "\""
                + text.utf16.map { unit in "\\u" + String(UInt32(unit) + 0x10000, radix: 16).dropFirst() }
                .joined() + "\""
        case .array(let elements):
            return "[ " + elements.map { write($0, shuffled: true, &generator) }.joined(separator: " ,") + "]"
        case .object(let object):
            let members = object.members.shuffled(using: &generator).map {
                write(.string($0.key), shuffled: true, &generator) + " : "
                    + write($0.value, shuffled: true, &generator)
            }
            return "{" + members.joined(separator: ", ") + " }"
        default: return value.text
        }
    }
}
