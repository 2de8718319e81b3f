import RoostJSON
import Testing

@Suite("Reading JSON")
struct JSONDocumentTests {
    @Test(
        "accepts what RFC 8259 accepts",
        arguments: [
            "null", "true", "false", "0", "-0", "-1", "12", "1.5", "1e5", "1E+5", "-1.25e-10",
            "123456789012345678901234567890",
            #""""#, #""a""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\ud83d\ude00""#, #""é😀\#u{7F}""#, "[]",
            "[1]", "[1,2]",
            " [ 1 , [ ] , { } ] ", "{}", #"{"a":1}"#, #"{"a":{"a":[{"a":1}]},"b":2}"#, "\t\n\r null \n",
            #"{"":0}"#,
            #"{"é":1,"e\u0301":2}"#,
        ]
    )
    func accepted(_ text: String) throws { _ = try JSONDocument(parsing: text) }

    @Test(
        "refuses the rest, with the place and the reason",
        arguments: [
            ("", 0, "expected a JSON value, found the end of the text"),
            ("  ", 2, "expected a JSON value, found the end of the text"),
            ("nul", 3, "expected 'null', found the end of the text"),
            ("nulL", 3, "expected 'null', found 'L'"),
            ("True", 0, "expected a JSON value, found 'T'"),
            ("01", 1, "expected the end of the text, found '1'"),
            ("-", 1, "expected a digit, found the end of the text"),
            ("+1", 0, "expected a JSON value, found '+'"),
            ("1.", 2, "expected a digit, found the end of the text"),
            (".5", 0, "expected a JSON value, found '.'"),
            ("1e", 2, "expected a digit, found the end of the text"),
            ("1e+", 3, "expected a digit, found the end of the text"),
            ("NaN", 0, "expected a JSON value, found 'N'"),
            ("[1,]", 3, "expected a JSON value, found ']'"),
            ("[,1]", 1, "expected a JSON value, found ','"),
            ("[1 2]", 3, "expected ',' or ']', found '2'"),
            ("[1", 2, "expected ',' or ']', found the end of the text"),
            ("{", 1, "expected a key in quotes, found the end of the text"),
            ("{a:1}", 1, "expected a key in quotes, found 'a'"),
            (#"{"a"}"#, 4, "expected ':', found '}'"),
            (#"{"a":}"#, 5, "expected a JSON value, found '}'"),
            (#"{"a":1,}"#, 7, "expected a key in quotes, found '}'"),
            (#"{"a":1 "b":2}"#, 7, "expected ',' or '}', found '\"'"),
            ("{} {}", 3, "expected the end of the text, found '{'"),
            ("null,", 4, "expected the end of the text, found ','"),
            ("[1}", 2, "expected ',' or ']', found '}'"),
            (#""a"#, 2, "expected '\"' at the end of a string, found the end of the text"),
            ("'a'", 0, "expected a JSON value, found '''"),
            ("\"\u{1}\"", 1, "a control character in a string must be written as \\u00xx or a short escape"),
            ("\"a\nb\"", 2, "a control character in a string must be written as \\u00xx or a short escape"),
            (#""\x""#, 2, "expected one of \" \\ / b f n r t u after a backslash, found 'x'"),
            (#""\u12g4""#, 5, "expected four hex digits after \\u, found 'g'"),
            ("\u{FEFF}{}", 0, "expected a JSON value, found byte 0xef"),
            ("/* c */ 1", 0, "expected a JSON value, found '/'"),
            (#"{"a":1,"a":2}"#, 7, "the key \"a\" stands twice in one object"),
            (#"{"a":1,"b":{"x":1},"\u0061":2}"#, 19, "the key \"a\" stands twice in one object"),
            (#"[{"k":1,"k":1}]"#, 8, "the key \"k\" stands twice in one object"),
        ]
    )
    func refused(_ text: String, _ offset: Int, _ reason: String) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: text) }
        #expect(error == JSONError(offset: offset, reason: reason))
    }

    @Test("a duplicate among many keys is found")
    func manyKeys() {
        let members = (0..<40).map { "\"k\($0)\":\($0)" } + [#""k\u0033":0"#]
        let error = #expect(throws: JSONError.self) {
            try JSONDocument(parsing: "{\(members.joined(separator: ","))}")
        }
        #expect(error?.reason == "the key \"k3\" stands twice in one object")
    }

    @Test("a text cut off at any byte is refused, and its place is not beyond the cut")
    func truncated() throws {
        let text = Array(#" {"a":[1,-2.5e+3,"é😀\n\ud83d\ude00",{"b":null,"c":[true,false]}],"d":""} "#.utf8)
        _ = try JSONDocument(parsing: text)
        for count in 0..<(text.count - 1) {
            let error = #expect(throws: JSONError.self) {
                try JSONDocument(parsing: Array(text.prefix(count)))
            }
            #expect((error?.offset ?? Int.max) <= count)
        }
    }

    @Test("nesting is accepted up to the limit and refused above it, however deep")
    func depth() throws {
        func nested(_ levels: Int) -> [UInt8] {
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        _ = try JSONDocument(parsing: nested(64))
        #expect(throws: JSONError(offset: 64, reason: "nested deeper than 64 levels")) {
            try JSONDocument(parsing: nested(65))
        }
        _ = try JSONDocument(parsing: nested(3), depth: 3)
        #expect(throws: JSONError.self) { try JSONDocument(parsing: nested(4), depth: 3) }
        #expect(throws: JSONError.self) { try JSONDocument(parsing: nested(100_000)) }
        #expect(throws: JSONError.self) {
            try JSONDocument(parsing: Array(String(repeating: #"{"a":"#, count: 100_000).utf8))
        }
    }

    @Test(
        "a string must be UTF-8 by RFC 3629",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]]
    )
    func invalidUTF8(_ bytes: [UInt8]) {
        for tail in [[], [0x22], [0x61, 0x22], [0x61, 0x62, 0x63, 0x22]] as [[UInt8]] {
            #expect(throws: JSONError(offset: 1, reason: "invalid UTF-8")) {
                try JSONDocument(parsing: [0x22] + bytes + tail)
            }
        }
    }

    @Test("every Unicode scalar may stand in a string")
    func validUTF8() throws {
        let edges: [UInt32] = [
            0x80, 0x7FF, 0x800, 0xFFF, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x3FFFF, 0xFFFFF, 0x10FFFF,
        ]
        for value in edges {
            let scalar = try #require(Unicode.Scalar(value))
            #expect(try JSONDocument(parsing: "\"\(scalar)\"").root.string == String(scalar))
        }
    }
}
