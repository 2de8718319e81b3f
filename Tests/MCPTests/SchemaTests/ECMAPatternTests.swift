import MCP
import RoostJSON
import Testing

@Suite("Patterns of ECMA-262")
struct ECMAPatternTests {
    @Test(
        "find a match anywhere, by scalars",
        arguments: [
            ("", ["", "a"], []),
            ("a|b|", ["", "x"], []),
            ("^(?:a|bc)+$", ["a", "abc", "bcbc"], ["", "b", "abcb"]),
            ("^a{2,3}$", ["aa", "aaa"], ["a", "aaaa"]),
            ("^(a{0,2}b)*$", ["", "b", "abaab"], ["aaab", "a"]),
            ("^(a*)*$", ["", "aaa"], ["b"]),
            ("a{,2}", ["a{,2}"], ["aa"]),
            ("^x*?y??z+?$", ["z", "xxyz"], ["y"]),
            (#"\bfoo\b"#, ["a foo b", "foo"], ["afoo", "foob"]),
            (#"o\B."#, ["foob"], ["fo b"]),
            ("^[^a-c]$", ["d", "😀"], ["a", "dd", ""]),
            (#"^[\w.-]+@[\w.-]+$"#, ["a.b@c-d"], ["a b@c", "é@c"]),
            (#"^[\D]$"#, ["a"], ["1"]),
            (#"^[^\W\d]$"#, ["a", "_"], ["1", "-"]),
            (#"^\p{L}\P{Lu}\p{Nd}$"#, ["Éa٣"], ["ÉA٣", "1a1"]),
            (#"^\u{1F600}[\u{1F600}-\u{1F64F}]$"#, ["😀🙂"], ["😀a"]),
            ("a$|^b", ["xa", "bx"], ["ax", "xb"]),
            ("^(?=.*[0-9])(?=.*[a-z]).{3,}$", ["a1b"], ["abc", "a1"]),
            (#"^(a|b)\1$"#, ["aa", "bb"], ["ab"]),
            (#"^(?<q>['"]).*\k<q>$"#, ["'x'"], [#"'x""#]),
            (#"^\p{Script=Greek}+$"#, ["αβ"], ["ab"]),
        ] as [(String, [String], [String])]
    )
    func matching(_ pattern: String, _ good: [String], _ bad: [String]) throws {
        let text = JSONValue.object(["pattern": .string(pattern)]).bytes
        let schema = try JSONSchema(compiling: JSONDocument(parsing: text).root)
        for value in good {
            #expect(
                schema.validate(try JSONDocument(parsing: JSONValue.string(value).bytes).root) == [],
                "\(value)"
            )
        }
        for value in bad {
            #expect(
                !schema.validate(try JSONDocument(parsing: JSONValue.string(value).bytes).root).isEmpty,
                "\(value)"
            )
        }
    }

    @Test(
        "an expression that would backtrack for ever answers at once",
        arguments: ["^(a+)+$", "^(a|aa)+$", "(.*)*x"]
    )
    func catastrophe(_ pattern: String) throws {
        let text = JSONValue.object(["pattern": .string(pattern)]).bytes
        let schema = try JSONSchema(compiling: JSONDocument(parsing: text).root)
        let value = JSONValue.string(String(repeating: "a", count: 5_000) + "!")
        let violations = schema.validate(try JSONDocument(parsing: value.bytes).root)
        #expect(violations.map(\.keyword) == ["pattern"])
    }

    @Test("an expression that costs more than the budget says so")
    func budget() throws {
        let schema = try JSONSchema(
            compiling: JSONDocument(parsing: #"{"pattern":"(a?){500}b"}"#).root,
            limits: SchemaLimits(steps: 10_000)
        )
        let value = JSONValue.string(String(repeating: "a", count: 5_000))
        let violations = schema.validate(try JSONDocument(parsing: value.bytes).root, named: "the text")
        #expect(
            violations.map(\.message) == [
                "the text cannot be validated: it takes more than the 10000 steps a validation may take"
            ]
        )
    }
}
